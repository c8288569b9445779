/// Text in ASCII lines of at most 76 characters (RFC 2045, 6.7).
enum QuotedPrintable {
    /// The text encoded, every line ended by CRLF.
    static func encode(_ text: String) -> String {
        var output = ""
        for line in lines(text) {
            var column = 0
            for (index, byte) in line.enumerated() {
                let isLast = index == line.count - 1
                let piece = isLiteral(byte, isLast) ? String(UnicodeScalar(byte)) : escaped(byte)
                if column + piece.utf8.count > 75 {
                    output += "=\r\n"
                    column = 0
                }
                output += piece
                column += piece.utf8.count
            }
            output += "\r\n"
        }
        return output
    }

    /// `=C3`.
    static func escaped(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return (byte < 16 ? "=0" : "=") + digits
    }

    /// The lines, however they are ended; a text that ends in a line end has no empty line behind it.
    private static func lines(_ text: String) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        var last: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case 0x0A where last == 0x0D: break
            case 0x0A, 0x0D: lines.append([])
            case _: lines[lines.count - 1].append(byte)
            }
            last = byte
        }
        return lines.count > 1 && lines[lines.count - 1].isEmpty ? Array(lines.dropLast()) : lines
    }

    private static func isLiteral(_ byte: UInt8, _ isLast: Bool) -> Bool {
        switch byte {
        case 0x3D: false
        case 0x21...0x7E: true
        case 0x20, 0x09: !isLast
        case _: false
        }
    }
}
