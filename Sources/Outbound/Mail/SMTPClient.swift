import Engine
import NIOCore
import NIOPosix
import SuretyCore

/// Sends mail through the server that a project declares.
///
/// The host's name is resolved once and only those addresses are connected to. Its operator chose the server, so that
/// private addresses need no other word.
struct SMTPClient: Sendable {
    private let place: MailPlace
    private let server: MailServer
    private let step: TimeAmount
    private let whole: TimeAmount
    private let resolve: @Sendable (String) async throws -> [NetworkAddress]

    /// What became of a mail for one of its recipients.
    struct Delivery: Hashable, Sendable {
        /// The recipient.
        let recipient: MailAddress
        /// Why the server did not take it; nil when it did.
        let failure: PortFailure?
    }

    /// A client of a server.
    ///
    /// - Parameters:
    ///   - step: The longest time to connect, and for each answer.
    ///   - whole: The longest time for all of it.
    init(
        _ server: MailServer, step: TimeAmount = .seconds(15), whole: TimeAmount = .seconds(30),
        resolve: @escaping @Sendable (String) async throws -> [NetworkAddress] = NetworkAddress.resolve
    ) throws(PortFailure) {
        place = try MailPlace(server)
        self.server = server
        self.step = step
        self.whole = whole
        self.resolve = resolve
    }

    /// Sends a mail and returns what became of it for each recipient, in their order.
    ///
    /// Throws what concerns all of them. After `timeout` and `unreachable` the server may have taken it; a mail that
    /// is sent again has the same id.
    func send(_ mail: Mail) async throws(PortFailure) -> [Delivery] {
        let patience = SMTPPatience(step: step, whole: whole)
        let connection = try await connect(patience)
        var session = SMTPSession(connection: connection, place: place, server: server)
        do throws(PortFailure) {
            try await session.begin()
            let deliveries = try await session.deliver(mail)
            await connection.leave()
            return deliveries
        } catch {
            if error.kind == .timeout || error.kind == .cancelled {
                connection.close()
            } else {
                await connection.leave()
            }
            throw error
        }
    }

    /// Connects to the first address that answers.
    private func connect(_ patience: SMTPPatience) async throws(PortFailure) -> SMTPConnection {
        let encryption = place.isEncryptedAtOnce ? try await place.encryption(of: server) : nil
        var failure = place.failure(.unreachable, "the host has no address", isRetryable: true)
        for address in try await addresses(patience).prefix(4) {
            do {
                return try await SMTPConnection(
                    to: address, port: place.port, encryption: encryption, patience: patience)
            } catch {
                failure = place.failure(error, doing: "connection")
                if failure.kind == .cancelled { break }
            }
        }
        throw failure
    }

    private func addresses(_ patience: SMTPPatience) async throws(PortFailure) -> [NetworkAddress] {
        let promise = MultiThreadedEventLoopGroup.singleton.next().makePromise(of: [NetworkAddress].self)
        promise.completeWithTask { [resolve, place] in try await resolve(place.host) }
        do {
            return try await patience.value(of: promise.futureResult)
        } catch is CancellationError {
            throw place.failure(.cancelled, "it was cancelled")
        } catch let error as SMTPPatience.Exhausted {
            throw place.failure(error, doing: "address of the host")
        } catch {
            throw place.failure(.unreachable, "the host's name could not be resolved", isRetryable: true)
        }
    }
}

extension MailPlace {
    /// How connections to it are encrypted.
    func encryption(of server: MailServer) async throws(PortFailure) -> MailEncryption {
        do {
            return try await MailEncryption(host: host, trusting: server.caFile)
        } catch {
            throw failure(
                .refused, "the certificates of `ca_file` could not be read",
                hint: "It is a file of certificates in PEM that this user may read.")
        }
    }
}
