/// Turns a file's bytes into text that a YAML parser may see.
enum YamlBytes {
    /// The largest file that is read.
    static let limit = 1_048_576

    /// The text of some bytes, without a byte order mark; refuses what is no text, with the place.
    static func text(_ bytes: [UInt8]) throws(YamlProblem) -> String {
        guard bytes.count <= limit else {
            throw YamlProblem(
                message: "the file is larger than 1 MiB", hint: "Split it.",
                mark: YamlMark(line: 1, column: 1))
        }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        guard let text = String(validating: body, as: UTF8.self) else {
            let valid = validPrefix(of: body)
            throw YamlProblem(
                message: "the file is not UTF-8 text", hint: "Save it as UTF-8.",
                mark: mark(after: String(decoding: valid, as: UTF8.self).unicodeScalars))
        }
        if let odd = text.unicodeScalars.firstIndex(where: { !isAllowed($0) }) {
            let code = String(text.unicodeScalars[odd].value, radix: 16, uppercase: true)
            throw YamlProblem(
                message:
                    "the control character U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code) "
                    + "is not allowed",
                mark: mark(after: text.unicodeScalars[..<odd]))
        }
        return text
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xFEFE, 0xFF00...0xFFFD, 0x1_0000...: true
        default: false
        }
    }

    /// The bytes before the first that is no UTF-8.
    private static func validPrefix(of bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var low = bytes.startIndex
        var decoder = UTF8()
        var iterator = bytes[low...].makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            low += UTF8.width(scalar)
        }
        return bytes[..<min(low, bytes.endIndex)]
    }

    private static func mark(after scalars: some Sequence<Unicode.Scalar>) -> YamlMark {
        var line = 1
        var column = 1
        for scalar in scalars {
            if scalar == "\n" {
                line += 1
                column = 1
            } else {
                column += 1
            }
        }
        return YamlMark(line: line, column: column)
    }
}
