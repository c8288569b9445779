public import Engine
public import SuretyCore

extension EmbeddedWarehouse: Steps {
    /// Builds a slice, checks it, and commits or rolls back as `judge` says, in one transaction over all files.
    public func apply(
        _ order: StepOrder, judging judge: @escaping @Sendable (Evidence) -> Judgement
    ) async throws(PortFailure) -> StepEnd {
        try refuseOwn(order.asset.name)
        let clockOffset = self.clockOffset
        let schemas = Set([order.asset.name.schema] + order.asset.needs.map(\.asset.schema)).sorted()
        return try await onConnection(waiting: order.fenceTimeout.duration, making: schemas) {
            connection, _ throws(PortFailure) in
            try StepTransaction(
                connection: connection, order: order, clockOffset: clockOffset, judge: judge
            ).run()
        }
    }

    /// Takes a step's effect back, with its certificate and what was published of it, in one transaction; once. What
    /// the ledger does not hold is refused.
    public func undo(
        _ sql: String, of asset: Asset, slice: Slice, run: RunID, at now: Instant
    ) async throws(PortFailure) {
        try refuseOwn(asset.name)
        let clockOffset = self.clockOffset
        try await onConnection(waiting: .seconds(60), making: [asset.name.schema]) {
            connection, _ throws(PortFailure) in
            let book = Book(connection)
            try connection.writing(waiting: .seconds(60)) { () throws(PortFailure) in
                try book.claim(clockOffset: clockOffset)
                guard let newest = try book.newest(asset.name, slice) else {
                    throw PortFailure(
                        .refused, "the ledger holds no effect on \(asset.name) for \(slice) to undo")
                }
                guard !newest.isUndone else { return ((), .rollBack) }
                try UndoScript(connection: connection, asset: asset, slice: slice).run(sql)
                try book.withdraw(
                    asset.name, slice.interval?.start, slice.interval?.end, why: "undone by run \(run)",
                    at: now)
                try book.undo(newest.entry, run: run, at: now)
                try Publisher(connection).hide(asset.name, slice)
                try book.countCommit()
                return ((), .commit)
            }
        }
    }

    private func refuseOwn(_ name: AssetName) throws(PortFailure) {
        guard !WarehouseFiles.own.contains(name.schema.lowercased()) else {
            throw PortFailure(
                .refused, "\(name) lies in a schema that is Surety's own", hint: "Choose another.")
        }
    }
}
