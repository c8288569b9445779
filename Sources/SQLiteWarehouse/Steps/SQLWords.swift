/// The words that a statement begins with, comments left out.
struct SQLWords {
    private let bytes: [UInt8]

    init(_ sql: String) { bytes = Array(sql.utf8) }

    /// The first words in upper case; fewer when something else than a word comes in between.
    func first(_ count: Int) -> [String] {
        var words: [String] = []
        var index = 0
        while words.count < count {
            index = skippingSpace(from: index)
            let start = index
            while index < bytes.count, isLetter(bytes[index]) { index += 1 }
            guard index > start else { return words }
            words.append(String(decoding: bytes[start..<index], as: UTF8.self).uppercased())
        }
        return words
    }

    private func skippingSpace(from start: Int) -> Int {
        var index = start
        while index < bytes.count {
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            switch (bytes[index], next) {
            case (UInt8(ascii: "-"), UInt8(ascii: "-")):
                while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
            case (UInt8(ascii: "/"), UInt8(ascii: "*")):
                index += 2
                while index + 1 < bytes.count,
                    !(bytes[index] == UInt8(ascii: "*") && bytes[index + 1] == UInt8(ascii: "/"))
                {
                    index += 1
                }
                index += 2
            case (UInt8(ascii: ";"), _), (0...32, _), (0xef, 0xbb): index += bytes[index] == 0xef ? 3 : 1
            default: return index
            }
        }
        return index
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }
}
