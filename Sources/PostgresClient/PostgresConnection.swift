/// One connection to PostgreSQL.
///
/// Its work is done on a thread of its own, so that waiting for the server holds up nothing else. Bodies run one
/// after another, each to its end.
public actor PostgresConnection {
    private nonisolated let executor: ThreadExecutor
    private let pipe: WakePipe
    private let session: PostgresSession

    /// The thread that everything of this connection runs on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private init(onNotice: @escaping @Sendable (PostgresNotice) -> Void) {
        executor = ThreadExecutor(name: "postgres")
        pipe = WakePipe()
        let notices = NoticeBox(onNotice)
        session = PostgresSession(link: Link(pipe: pipe, notices: notices), notices: notices)
    }

    isolated deinit {
        session.link.close()
    }

    /// Connects and sets up the session.
    ///
    /// - Parameter onNotice: is told the server's notices, on the connection's thread.
    public static func open(
        _ settings: PostgresSettings, onNotice: @escaping @Sendable (PostgresNotice) -> Void = { _ in }
    ) async throws(PostgresError) -> PostgresConnection {
        let connection = PostgresConnection(onNotice: onNotice)
        try await connection.connect(settings)
        return connection
    }

    /// Runs a body on the connection's thread, from its first statement to its last without interruption.
    ///
    /// When the surrounding task is cancelled, a cancel request goes to the server, again and again until the
    /// statement ends; the body sees an error with `isCancelled` and ends as it sees fit. A transaction that a
    /// cancelled body leaves open is rolled back.
    public func perform<Value: Sendable, Failure: Error>(
        _ body: @Sendable (PostgresSession) throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let signal = CancelSignal(waking: pipe)
        let outcome: Result<Value, Failure> = await withTaskCancellationHandler {
            session.link.signal = signal
            do throws(Failure) {
                return .success(try body(session))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            signal.raise()
        }
        if signal.isRaised { rollBackIfOpen() }
        return try outcome.get()
    }

    /// Runs one statement and returns its answer.
    public func query(_ statement: PostgresStatement) async throws(PostgresError) -> PostgresRows {
        try await perform { (session) throws(PostgresError) in try session.query(statement) }
    }

    /// Runs one statement and returns how many rows it touched.
    @discardableResult
    public func execute(_ statement: PostgresStatement) async throws(PostgresError) -> Int64 {
        try await perform { (session) throws(PostgresError) in try session.execute(statement) }
    }

    /// Whether the connection is gone, as far as is known.
    public var isLost: Bool { session.isLost }

    /// The process that serves this connection; not stable behind a pooler in transaction mode.
    public var backendPID: Int32 { session.backendPID }

    /// Where the connection stands between BEGIN and COMMIT, between bodies.
    public var transactionStatus: PostgresTransactionStatus { session.transactionStatus }

    /// Closes the connection; what is asked afterwards is refused.
    public func close() {
        session.link.close()
    }

    // MARK: -

    /// Whether the next user finds it as it was opened: alive, and in no transaction.
    func isReusable() -> Bool {
        rollBackIfOpen()
        return session.transactionStatus == .idle && session.isAlive()
    }

    private func connect(_ settings: PostgresSettings) async throws(PostgresError) {
        let patience = settings.connectTimeout
        try await perform { (session) throws(PostgresError) in
            do throws(PostgresError) {
                try session.link.connect(settings.connectParameters, patience: patience)
                try session.configure(settings)
            } catch {
                session.link.close()
                throw settings.scrubbed(error)
            }
        }
    }

    private func rollBackIfOpen() {
        guard session.transactionStatus == .inTransaction || session.transactionStatus == .failed else {
            return
        }
        _ = try? session.execute("ROLLBACK")
    }
}
