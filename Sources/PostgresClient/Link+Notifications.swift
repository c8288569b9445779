import CLibPQ

extension Link {
    /// Waits until something arrives, at most this long, and takes it in; false when the connection is lost.
    func takeIn(waitingUpTo patience: Duration) throws(PostgresError) -> Bool {
        guard let connection, !isLost else { return false }
        let happened = SocketReadiness.wait(
            for: .reading, on: PQsocket(connection), waking: pipe, upTo: patience)
        guard let happened else { return false }
        return !happened.contains(.reading) || PQconsumeInput(connection) == 1
    }

    /// A notification that was taken in.
    func nextNotification() -> PostgresNotification? {
        guard let connection, let taken = PQnotifies(connection) else { return nil }
        defer { PQfreemem(taken) }
        return PostgresNotification(
            channel: taken.pointee.relname.map { String(cString: $0) } ?? "",
            payload: taken.pointee.extra.map { String(cString: $0) } ?? "",
            sender: taken.pointee.be_pid)
    }

    /// Whether the server is still there, without asking it anything: a closed socket shows at once.
    func isAlive() -> Bool {
        while let connection, !isLost {
            let happened = SocketReadiness.wait(
                for: .reading, on: PQsocket(connection), waking: nil, upTo: .zero)
            guard let happened, happened.isEmpty || PQconsumeInput(connection) == 1 else { return false }
            if happened.isEmpty { return true }
            _ = PQisBusy(connection)  // Makes libpq look at what it took in.
        }
        return false
    }
}
