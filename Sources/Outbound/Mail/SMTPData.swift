/// A mail as it follows `DATA`.
enum SMTPData {
    /// The lines, those that begin with a dot with another before it, and the line of one dot that ends them.
    static func stuffed(_ mail: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(mail.utf8.count + 64)
        var isLineStart = true
        for byte in mail.utf8 {
            if isLineStart, byte == UInt8(ascii: ".") { bytes.append(byte) }
            bytes.append(byte)
            isLineStart = byte == UInt8(ascii: "\n")
        }
        if !isLineStart { bytes += Array("\r\n".utf8) }
        return bytes + Array(".\r\n".utf8)
    }
}
