import NIOCore
import NIOPosix
import Synchronization

/// A server on loopback that answers each line by its first word, as a script has it, and notes the lines.
final class ScriptedMailServer: Sendable {
    /// What a server does when it hears a word.
    enum Act: Sendable {
        case say(String)
        case hang
        case close
        /// Says something and closes.
        case leave(String)
    }

    /// Its port.
    let port: Int
    private let channel: any Channel
    private let notes: Notes

    /// A server with a script: `""` is the greeting, `.` the end of a mail; what is missing is answered as usual.
    init(_ script: [String: Act] = [:]) async throws {
        let notes = Notes()
        self.notes = notes
        let usual: [String: Act] = [
            "": .say("220 mail.example"), "EHLO": .say("250 mail.example"), "DATA": .say("354 go on"),
            "QUIT": .leave("221 bye"),
        ]
        let all = usual.merging(script) { _, own in own }
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        ScriptedMailHandler(script: all, notes: notes))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    /// The lines so far.
    var lines: [String] { notes.lines.withLock { $0 } }

    /// Ends it.
    func stop() async throws { try await channel.close() }
}

/// What was heard.
private final class Notes: Sendable {
    let lines = Mutex<[String]>([])
}

/// Answers line by line.
private final class ScriptedMailHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    private let script: [String: ScriptedMailServer.Act]
    private let notes: Notes
    private var line = ""
    private var isData = false

    init(script: [String: ScriptedMailServer.Act], notes: Notes) {
        self.script = script
        self.notes = notes
    }

    func channelActive(context: ChannelHandlerContext) { act(on: "", context) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for scalar in String(buffer: unwrapInboundIn(data)).unicodeScalars where scalar != "\r" {
            if scalar == "\n" { hear(context) } else { line.unicodeScalars.append(scalar) }
        }
    }

    private func hear(_ context: ChannelHandlerContext) {
        let heard = line
        line = ""
        notes.lines.withLock { $0.append(heard) }
        if isData, heard != "." { return }
        isData = false
        act(on: heard.split(separator: " ").first.map { $0.uppercased() } ?? "?", context)
    }

    private func act(on word: String, _ context: ChannelHandlerContext) {
        switch script[word] ?? .say("250 fine") {
        case .say(let text):
            isData = text.hasPrefix("354")
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text + "\r\n")), promise: nil)
        case .hang: break
        case .close: context.close(promise: nil)
        case .leave(let text):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text + "\r\n")), promise: nil)
            context.close(promise: nil)
        }
    }
}
