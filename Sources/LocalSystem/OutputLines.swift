/// Cuts a program's output into lines that are safe to show.
///
/// Lines end with LF, CR LF or CR; what is longer than 16 kB is cut. Control characters are left out, bytes that are no
/// UTF-8 become U+FFFD.
struct OutputLines {
    /// The most bytes of a line.
    static let longest = 16_000

    private var line: [UInt8] = []
    private var isCut = false
    private var endedWithReturn = false

    /// Takes more output and hands on the lines that it ends.
    mutating func append(_ bytes: some Sequence<UInt8>, saying: (String) -> Void) {
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\n"):
                if !endedWithReturn { flush(saying) }
                endedWithReturn = false
            case UInt8(ascii: "\r"):
                flush(saying)
                endedWithReturn = true
            case let other:
                endedWithReturn = false
                if line.count < Self.longest { line.append(other) } else { isCut = true }
            }
        }
    }

    /// Hands on a last line that was not ended.
    mutating func finish(saying: (String) -> Void) {
        if !line.isEmpty { flush(saying) }
    }

    private mutating func flush(_ saying: (String) -> Void) {
        var text = String.UnicodeScalarView()
        for scalar in String(decoding: line, as: UTF8.self).unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control where scalar != "\t": continue
            case _: text.append(scalar)
            }
        }
        saying(String(text) + (isCut ? " … (cut)" : ""))
        line.removeAll(keepingCapacity: true)
        isCut = false
    }
}
