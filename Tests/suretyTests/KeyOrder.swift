/// The order of the keys in a JSON text.
enum KeyOrder {
    /// The keys that stand behind a greater one in their object; the text is JSON.
    static func misplaced(in text: String) -> [String] {
        let bytes = Array(text.utf8)
        var misplaced: [String] = []
        var newest: [String] = []
        var string = ""
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): newest.append("")
            case UInt8(ascii: "}"), UInt8(ascii: "]"): newest.removeLast()
            case UInt8(ascii: "\""):
                let start = index + 1
                index = start
                while bytes[index] != UInt8(ascii: "\"") {
                    index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
                }
                string = String(decoding: bytes[start..<index], as: UTF8.self)
            case UInt8(ascii: ":"):
                if let before = newest.popLast(), string < before { misplaced.append(string) }
                newest.append(string)
            default: break
            }
            index += 1
        }
        return misplaced
    }
}
