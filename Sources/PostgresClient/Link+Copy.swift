import CLibPQ

extension Link {
    /// Sends a piece of the data of `COPY FROM STDIN`; false when the server wants no more of it.
    func sendCopy(_ bytes: [UInt8]) throws(PostgresError) -> Bool {
        guard let connection, !isLost else { throw .closed }
        // An error of the server ends the COPY; libpq tells only if it has looked.
        _ = PQconsumeInput(connection)
        let taken = bytes.withUnsafeBytes { buffer in
            PQputCopyData(
                connection, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
        }
        guard taken == 1 else { return false }
        try flush()
        return true
    }

    /// Ends the data of `COPY FROM STDIN`, or takes it all back with a reason.
    func endCopy(refusing reason: String?) throws(PostgresError) {
        guard let connection, !isLost else { throw .closed }
        // A COPY that the server has already ended cannot be ended again; its error is among the results.
        if PQputCopyEnd(connection, reason) == 1 { try flush() }
    }

    /// Leaves a COPY that nobody asked for.
    func leaveCopy(_ status: ExecStatusType) throws(PostgresError) {
        guard let connection else { throw .closed }
        switch status {
        case PGRES_COPY_IN:
            _ = PQputCopyEnd(connection, "not expected here")
            try flush()
        case PGRES_COPY_OUT:
            requestCancel()
            var row: UnsafeMutablePointer<CChar>?
            while true {
                let length = PQgetCopyData(connection, &row, 1)
                if length < 0 { return }
                if let row { PQfreemem(row) }
                guard length == 0 else { continue }
                try wait(for: .reading)
                if PQconsumeInput(connection) == 0 { return }
            }
        default: close()
        }
    }
}

extension PostgresError {
    static let copyNotExpected = PostgresError(
        sqlState: "0A000", message: "COPY from or to the client is not possible here",
        hint: "Use copyIn for COPY … FROM STDIN.")
}
