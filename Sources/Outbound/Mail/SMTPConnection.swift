import NIOCore
import NIOPosix
import NIOSSL

/// A connection to a mail server, on which one command is asked at a time.
struct SMTPConnection: Sendable {
    /// Data that came before encryption began, where only an attacker would send any.
    struct Tampered: Error {}

    /// Where it leads.
    let address: NetworkAddress
    private let channel: any Channel
    private let replies: NIOLoopBound<SMTPReplyHandler>
    private let patience: SMTPPatience

    /// Connects, encrypted from the first byte where encryption is given.
    init(
        to address: NetworkAddress, port: Int, encryption: MailEncryption?, patience: SMTPPatience
    ) async throws {
        let socket = try SocketAddress(ipAddress: address.text, port: port)
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let replies = try await loop.submit { NIOLoopBound(SMTPReplyHandler(), eventLoop: loop) }.get()
        let connecting = ClientBootstrap(group: loop)
            // Later than our own patience ends, which says more about it.
            .connectTimeout(max(.zero, patience.deadline - .now()) + .seconds(1))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let encryption { try pipeline.addHandler(encryption.handler()) }
                    try pipeline.addHandler(replies.value)
                }
            }
            .connect(to: socket)
        do {
            channel = try await patience.value(of: connecting)
        } catch {
            connecting.whenSuccess { $0.close(promise: nil) }
            throw error
        }
        self.replies = replies
        self.address = address
        self.patience = patience
    }

    /// The address of this end, in brackets, as a host without a name calls itself.
    var ownName: String {
        guard let text = channel.localAddress?.ipAddress else { return "[127.0.0.1]" }
        return text.contains(":") ? "[IPv6:\(text)]" : "[\(text)]"
    }

    /// The reply that comes without being asked for.
    func greeting() async throws -> SMTPReply { try await reply(to: nil) }

    /// Sends a command and waits for its reply.
    func ask(_ command: String) async throws -> SMTPReply {
        try await reply(to: ByteBuffer(string: command + "\r\n"))
    }

    /// Sends the lines of a mail and the mark of their end, and waits for the reply.
    func send(_ mail: String) async throws -> SMTPReply {
        try await reply(to: ByteBuffer(bytes: SMTPData.stuffed(mail)))
    }

    /// Encrypts all that follows.
    func encrypt(_ encryption: MailEncryption) async throws {
        let pipeline = channel.pipeline
        let replies = replies
        try await channel.eventLoop.submit {
            // What came in the clear must not be taken for what comes encrypted.
            guard replies.value.isQuiet else { throw Tampered() }
            try pipeline.syncOperations.addHandler(encryption.handler(), position: .first)
        }.get()
    }

    /// Says goodbye, waits a moment for the answer, and ends it.
    func leave() async {
        let moment = SMTPPatience(step: .seconds(2), whole: .seconds(2))
        _ = try? await reply(to: ByteBuffer(string: "QUIT\r\n"), within: moment)
        close()
    }

    /// Ends it without a word.
    func close() { channel.close(promise: nil) }

    private func reply(to bytes: ByteBuffer?, within other: SMTPPatience? = nil) async throws -> SMTPReply {
        let promise = channel.eventLoop.makePromise(of: SMTPReply.self)
        let (channel, replies) = (channel, replies)
        channel.eventLoop.execute {
            replies.value.next(promise)
            if let bytes { channel.writeAndFlush(bytes, promise: nil) }
        }
        return try await (other ?? patience).value(of: promise.futureResult)
    }
}
