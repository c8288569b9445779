import NIOCore

/// Keeps a server's replies in order and hands each to whoever waits for the next.
final class SMTPReplyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// The server ended the connection.
    struct Closed: Error {}

    private static let mostUnasked = 8

    private var reader = SMTPReplyReader()
    private var replies: [SMTPReply] = []
    private var waiting: EventLoopPromise<SMTPReply>?
    private var end: (any Error)?

    /// Whether nothing came that nobody has taken.
    var isQuiet: Bool { reader.isEmpty && replies.isEmpty }

    /// Gives the next reply, or why there is none; one waits at a time.
    func next(_ promise: EventLoopPromise<SMTPReply>) {
        if !replies.isEmpty {
            promise.succeed(replies.removeFirst())
        } else if let end {
            promise.fail(end)
        } else {
            waiting = promise
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard end == nil else { return }
        do throws(SMTPReplyReader.Malformed) {
            for reply in try reader.read(unwrapInboundIn(data)) { try take(reply) }
        } catch {
            stop(error)
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        stop(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { stop(Closed()) }

    func handlerRemoved(context: ChannelHandlerContext) { stop(Closed()) }

    private func take(_ reply: SMTPReply) throws(SMTPReplyReader.Malformed) {
        if let promise = waiting {
            waiting = nil
            promise.succeed(reply)
            return
        }
        guard replies.count < Self.mostUnasked else {
            throw SMTPReplyReader.Malformed(why: "it answers what it was not asked")
        }
        replies.append(reply)
    }

    private func stop(_ error: any Error) {
        end = end ?? error
        waiting?.fail(end ?? error)
        waiting = nil
    }
}
