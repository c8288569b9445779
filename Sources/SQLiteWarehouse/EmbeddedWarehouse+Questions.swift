public import Engine
public import SuretyCore

extension EmbeddedWarehouse: Questions {
    /// Asks checks about one slice, in one snapshot of all files.
    public func ask(_ round: QuestionRound) async throws(PortFailure) -> Evidence {
        try await onConnection { connection, schemas throws(PortFailure) in
            try connection.reading(schemas: schemas) { () throws(PortFailure) in
                try SnapshotRound(
                    connection: connection, round: round, snapshot: try Book(connection).snapshot()
                ).evidence()
            }
        }
    }
}
