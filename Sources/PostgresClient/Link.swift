import CLibPQ

/// The one owner of a connection of libpq, confined to the thread of its actor.
///
/// Everything is sent and awaited without blocking in libpq, so that cancellation and silence are noticed: once the
/// signal is raised, a cancel request goes to the server every `cancelPeriod` until the answer is there, and a server
/// that does not answer within `cancelPatience` is given up.
final class Link {
    private static let cancelPeriod = Duration.milliseconds(500)
    private static let cancelPatience = Duration.seconds(20)

    private(set) var connection: OpaquePointer?
    let pipe: WakePipe
    private let notices: NoticeBox
    private var cancelledSince: ContinuousClock.Instant?
    private var lastRequest: ContinuousClock.Instant?

    /// Raised when the task whose body runs is cancelled.
    var signal: CancelSignal
    /// Whether what is running must not be cancelled, though it is given up when it takes as long.
    var isShielded = false
    /// When the connection counts as lost because nothing was answered; nil: never.
    var answerBy: ContinuousClock.Instant?

    init(pipe: WakePipe, notices: NoticeBox) {
        self.pipe = pipe
        self.notices = notices
        signal = CancelSignal(waking: pipe)
    }

    deinit { close() }

    /// Whether nothing more can be asked.
    var isLost: Bool { connection.map { PQstatus($0) == CONNECTION_BAD } ?? true }

    var transactionStatus: PGTransactionStatusType {
        connection.map { PQtransactionStatus($0) } ?? PQTRANS_UNKNOWN
    }

    var backendPID: Int32 { connection.map { PQbackendPID($0) } ?? 0 }

    /// A parameter that the server reports, like `server_version`.
    func parameter(_ name: String) -> String? {
        connection.flatMap { PQparameterStatus($0, name) }.map { String(cString: $0) }
    }

    var serverVersion: Int { connection.map { Int(PQserverVersion($0)) } ?? 0 }

    func close() {
        guard let connection else { return }
        self.connection = nil
        PQfinish(connection)
    }

    /// Connects, or throws what stopped it; `patience` counts for every host.
    func connect(_ parameters: [(keyword: String, value: String)], patience: Duration) throws(PostgresError) {
        close()
        let keywords = CStrings(parameters.map(\.keyword) + [nil])
        let values = CStrings(parameters.map(\.value) + [nil])
        guard let connection = PQconnectStartParams(keywords.pointers, values.pointers, 0) else {
            throw PostgresError(
                sqlState: "53200", message: "no memory for a connection", isConnectionLost: true)
        }
        self.connection = connection
        // Only the verbose form of a refusal tells its SQLSTATE.
        PQsetErrorVerbosity(connection, PQERRORS_VERBOSE)
        PQsetNoticeReceiver(connection, NoticeBox.receiver, Unmanaged.passUnretained(notices).toOpaque())
        do {
            try finishConnecting(connection, patience: patience)
        } catch {
            close()
            throw error
        }
        PQsetErrorVerbosity(connection, PQERRORS_DEFAULT)
        PQsetnonblocking(connection, 1)
    }

    private func finishConnecting(
        _ connection: OpaquePointer, patience: Duration
    ) throws(PostgresError) {
        var status = PQstatus(connection) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
        var host = address(connection)
        var deadline = ContinuousClock.now + patience
        while status != PGRES_POLLING_OK {
            guard status != PGRES_POLLING_FAILED else { throw ConnectRefusal(lastMessage(connection)).error }
            if signal.isRaised { throw .cancelled }
            let left = deadline - .now
            guard left > .zero else { throw ConnectRefusal.timedOut(host, after: patience) }
            let happened = SocketReadiness.wait(
                for: status == PGRES_POLLING_READING ? .reading : .writing, on: PQsocket(connection),
                waking: pipe, upTo: left)
            guard happened?.isDisjoint(with: [.reading, .writing]) != true else { continue }
            status = PQconnectPoll(connection)
            let next = address(connection)
            if next != host {
                (host, deadline) = (next, .now + patience)
            }
        }
    }

    private func address(_ connection: OpaquePointer) -> String {
        let host = PQhost(connection).map { String(cString: $0) } ?? ""
        let port = PQport(connection).map { String(cString: $0) } ?? ""
        return host.isEmpty ? port : "\(host):\(port)"
    }

    // MARK: Sending and receiving

    /// Starts something with one of the `PQsend…` functions and sends all of it.
    func send(_ start: (OpaquePointer) -> Int32) throws(PostgresError) {
        guard let connection, !isLost else { throw .closed }
        if !isShielded && signal.isRaised { throw .cancelled }
        (cancelledSince, lastRequest) = (nil, nil)
        guard start(connection) == 1 else { throw failure() }
        try flush()
    }

    /// Sends everything that is queued, reading meanwhile what the server has to say.
    func flush() throws(PostgresError) {
        guard let connection else { throw .closed }
        while true {
            switch PQflush(connection) {
            case 0: return
            case 1:
                let happened = try wait(for: [.reading, .writing])
                if happened.contains(.reading), PQconsumeInput(connection) == 0 { return }
            default: return  // The reason comes with the results.
            }
        }
    }

    /// The next result of what was sent; nil when there are no more.
    func nextResult() throws(PostgresError) -> ResultHandle? {
        guard let connection else { throw .closed }
        while PQisBusy(connection) == 1 {
            try wait(for: .reading)
            // A lost connection turns into a result that says so.
            if PQconsumeInput(connection) == 0 { break }
        }
        return PQgetResult(connection).map { ResultHandle(owning: $0) }
    }

    /// All results of what was sent: the last one, or the first error.
    func lastResult() throws(PostgresError) -> ResultHandle {
        var last: ResultHandle?
        var failure: PostgresError?
        while let result = try nextResult() {
            switch result.status {
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                failure = failure ?? .copyNotExpected
                try leaveCopy(result.status)
            default:
                if result.isError { failure = failure ?? error(result) }
                last = result
            }
        }
        if let failure { throw failure }
        guard let last else { throw self.failure() }
        return last
    }

    /// The error of a result.
    func error(_ result: ResultHandle) -> PostgresError {
        PostgresError(result, isConnectionLost: isLost, isCancelled: signal.isRaised)
    }

    /// The error that the connection itself knows of.
    func failure() -> PostgresError {
        guard let connection else { return .closed }
        let message = lastMessage(connection)
        return PostgresError(
            sqlState: isLost ? "08006" : "XX000",
            message: message.isEmpty ? "the connection to PostgreSQL failed" : message,
            isConnectionLost: isLost)
    }

    private func lastMessage(_ connection: OpaquePointer) -> String {
        PQerrorMessage(connection).map { String(cString: $0) }?.trimmingWhitespace() ?? ""
    }

    // MARK: Waiting and cancelling

    /// Waits until the socket is ready for something that is wanted.
    @discardableResult
    func wait(for wanted: SocketReadiness) throws(PostgresError) -> SocketReadiness {
        guard let connection else { throw .closed }
        while true {
            let limits = [try cancelIfRaised(), try timeLeft()].compactMap(\.self)
            let happened = SocketReadiness.wait(
                for: wanted, on: PQsocket(connection), waking: pipe, upTo: limits.min())
            guard let happened else {
                close()
                throw PostgresError(
                    sqlState: "08006", message: "the socket to PostgreSQL cannot be waited for",
                    isConnectionLost: true)
            }
            if !happened.isDisjoint(with: [.reading, .writing]) { return happened }
        }
    }

    /// How long an answer may still take; a server that is silent longer is given up.
    private func timeLeft() throws(PostgresError) -> Duration? {
        guard let answerBy else { return nil }
        let left = answerBy - .now
        guard left > .zero else {
            close()
            throw PostgresError(
                sqlState: "08006",
                message: "PostgreSQL did not say how the transaction ended, and was given up",
                isConnectionLost: true)
        }
        return left
    }

    /// Sends a cancel request when it is time for one; returns how long to wait until the next.
    private func cancelIfRaised() throws(PostgresError) -> Duration? {
        guard signal.isRaised else { return nil }
        let now = ContinuousClock.now
        let since = cancelledSince ?? now
        cancelledSince = since
        guard now - since < Self.cancelPatience else {
            close()
            throw PostgresError(
                sqlState: "08006", message: "PostgreSQL did not answer a cancel request and was given up",
                isConnectionLost: true, isCancelled: true)
        }
        if !isShielded, lastRequest.map({ now - $0 >= Self.cancelPeriod }) ?? true {
            requestCancel()
            lastRequest = .now
        }
        return Self.cancelPeriod
    }

    /// Asks the server to cancel what it is doing; returns once the server has taken the request.
    ///
    /// The request goes over a connection of its own and is awaited here, so that it cannot hit a later statement.
    func requestCancel() {
        guard let connection, let request = PQgetCancel(connection) else { return }
        defer { PQfreeCancel(request) }
        var reason = [CChar](repeating: 0, count: 256)
        _ = PQcancel(request, &reason, Int32(reason.count))
    }
}
