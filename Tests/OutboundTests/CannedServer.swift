import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// A server on loopback that notes each request and gives the same answer to all.
final class CannedServer: Sendable {
    /// Its port.
    let port: Int
    private let channel: any Channel
    private let notes: Notes

    /// A server that answers with this text; nil: never answers.
    init(answer: String?) async throws {
        let notes = Notes()
        self.notes = notes
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        CannedHandler(answer: answer, notes: notes))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    /// The requests so far, each as it came.
    var requests: [String] { notes.all }

    /// Ends it.
    func stop() async throws { try await channel.close() }
}

/// What came in.
private final class Notes: Sendable {
    private let requests = Mutex<[String]>([])
    var all: [String] { requests.withLock { $0 } }
    func append(_ request: String) { requests.withLock { $0.append(request) } }
}

/// Collects a request to its end and answers.
private final class CannedHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    private let answer: String?
    private let notes: Notes
    private var text = ""

    init(answer: String?, notes: Notes) {
        self.answer = answer
        self.notes = notes
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        text += String(buffer: unwrapInboundIn(data))
        guard let head = text.range(of: "\r\n\r\n") else { return }
        let length = text[..<head.lowerBound].lowercased().split(separator: "\r\n")
            .first { $0.hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).drop { $0 == " " }) }
        guard text[head.upperBound...].utf8.count >= length ?? 0 else { return }
        notes.append(text)
        guard let answer else { return }
        let end = context.channel
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer))).whenComplete { _ in
            end.close(promise: nil)
        }
    }
}
