public import Engine
public import SuretyCore

extension EmbeddedWarehouse: CertificateBook {
    /// Makes the tables in `surety.db`; facts of a real and of a simulated clock are never mixed.
    public func prepare(clockOffset: Int64) async throws(PortFailure) {
        try await onConnection { connection, _ throws(PortFailure) in
            try connection.writing(waiting: .seconds(10)) { () throws(PortFailure) in
                (try Book(connection).make(clockOffset: clockOffset), .commit)
            }
        }
        self.clockOffset = clockOffset
    }

    /// Every certificate of these assets, withdrawn ones included, newest last.
    public func certificates(of assets: [AssetName]) async throws(PortFailure) -> [Certificate] {
        try await onConnection { connection, _ throws(PortFailure) in
            try Book(connection).certificates(of: assets)
        }
    }

    /// The numbers that checks observed when slices of an asset were certified.
    public func observations(
        of checks: [CheckID], on asset: AssetName
    ) async throws(PortFailure) -> [RecordedObservation] {
        guard !checks.isEmpty else { return [] }
        return try await onConnection { connection, _ throws(PortFailure) in
            try Book(connection).observations(of: checks, on: asset)
        }
    }

    /// Notes the effect of a step that is elsewhere and is never certified.
    public func record(_ entry: LedgerEntry) async throws(PortFailure) {
        try await change { book throws(PortFailure) in try book.insert(entry) }
    }

    /// Records a certificate, withdrawing the valid one of its slice, with a ledger entry, in one transaction; returns
    /// the one that stands.
    public func record(
        _ certificate: Certificate, ledger: LedgerEntry?
    ) async throws(PortFailure) -> Certificate {
        try await change { book throws(PortFailure) in
            if ledger == nil,
                let standing = try book.certificate(certificate.asset, certificate.start, certificate.end),
                standing.saysTheSame(as: certificate)
            {
                return standing
            }
            try book.withdraw(
                certificate.asset, certificate.start, certificate.end,
                why: "replaced by run \(certificate.run)", at: certificate.certifiedAt)
            if let ledger { try book.insert(ledger) }
            try book.insert(certificate)
            try Publisher(book.connection).publish(certificate)
            return certificate
        }
    }

    /// Withdraws those that are still valid.
    public func withdraw(
        _ reasons: [CertificateID: String], at now: Instant
    ) async throws(PortFailure) {
        guard !reasons.isEmpty else { return }
        try await change { book throws(PortFailure) in try book.withdraw(reasons, at: now) }
    }

    /// The ledger of an asset, oldest first.
    public func ledger(of asset: AssetName) async throws(PortFailure) -> [LedgerEntry] {
        try await onConnection { connection, _ throws(PortFailure) in
            try Book(connection).ledger(of: asset)
        }
    }

    /// What the rows of these slices are now, in one snapshot.
    public func look(
        at asset: Asset, slices: [Slice], readsAll: Bool
    ) async throws(PortFailure) -> ContentLook {
        try await onConnection { connection, schemas throws(PortFailure) in
            try connection.reading(schemas: schemas) { () throws(PortFailure) in
                var look = ContentLook(snapshot: try Book(connection).snapshot(), content: [:])
                guard let table = try CatalogueQuery(connection).table(asset.name) else { return look }
                for slice in slices {
                    look.content[slice] = try ContentReader(connection).content(
                        of: asset, slice: slice, in: table)
                }
                return look
            }
        }
    }

    /// Replaces what a promise owes, and its status, in one transaction.
    public func publish(_ status: PromiseStatusRow, owed: [OwedRow]) async throws(PortFailure) {
        try await change { book throws(PortFailure) in try book.publish(status, owed: owed) }
    }

    /// Takes promises that are not declared any more out of `surety.owed` and `surety.promise_status`.
    public func forget(_ promises: [PromiseID]) async throws(PortFailure) {
        try await change { book throws(PortFailure) in try book.forget(promises) }
    }

    /// Changes the book in a transaction of its own, which is finished although the task is cancelled.
    private func change<Value: Sendable>(
        _ body: @escaping @Sendable (Book) throws(PortFailure) -> Value
    ) async throws(PortFailure) -> Value {
        let clockOffset = self.clockOffset
        return try await onConnection(waiting: .seconds(60), cancellable: false) {
            connection, _ throws(PortFailure) in
            let book = Book(connection)
            return try connection.writing(waiting: .seconds(60)) { () throws(PortFailure) in
                try book.claim(clockOffset: clockOffset)
                let value = try body(book)
                try book.countCommit()
                return (value, .commit)
            }
        }
    }
}
