import NIOCore

/// Puts the bytes of a mail server together into replies, within bounds.
struct SMTPReplyReader {
    /// What arrived is no reply of a mail server.
    struct Malformed: Error, Hashable {
        /// Why, for people.
        let why: String
    }

    private static let longestLine = 2048
    private static let mostLines = 128

    private var line: [UInt8] = []
    private var lines: [String] = []
    private var code: Int?

    /// Whether no reply has begun.
    var isEmpty: Bool { line.isEmpty && lines.isEmpty }

    /// Takes bytes and returns the replies that they complete.
    mutating func read(_ bytes: ByteBuffer) throws(Malformed) -> [SMTPReply] {
        var replies: [SMTPReply] = []
        for byte in bytes.readableBytesView {
            guard byte == UInt8(ascii: "\n") else {
                guard line.count < Self.longestLine else {
                    throw Malformed(why: "a line of its answer is too long")
                }
                line.append(byte)
                continue
            }
            if let reply = try endLine() { replies.append(reply) }
        }
        return replies
    }

    private mutating func endLine() throws(Malformed) -> SMTPReply? {
        defer { line = [] }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        let digits = line.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(String(decoding: digits, as: UTF8.self)), (200..<600).contains(number),
            number == code ?? number
        else { throw Malformed(why: "its answer is not one of a mail server") }
        let rest = line.dropFirst(3)
        let separator = rest.first ?? UInt8(ascii: " ")
        guard " -".utf8.contains(separator) else {
            throw Malformed(why: "its answer is not one of a mail server")
        }
        guard lines.count < Self.mostLines else { throw Malformed(why: "its answer has too many lines") }
        lines.append(Self.printable(rest.dropFirst()))
        code = number
        guard separator == UInt8(ascii: " ") else { return nil }
        defer {
            lines = []
            code = nil
        }
        return SMTPReply(code: number, lines: lines)
    }

    private static func printable(_ bytes: ArraySlice<UInt8>) -> String {
        let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars.filter {
            $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
