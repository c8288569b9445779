/// How a CSV file is written beyond RFC 4180: the byte between fields and the text that means NULL.
public struct CSVFormat: Hashable, Sendable {
    /// The byte between fields, one of ASCII.
    public let delimiter: UInt8
    /// An unquoted text that means NULL beside the empty one.
    public let null: String?

    /// Fields between commas, NULL written as nothing at all.
    public static let standard = CSVFormat(delimiter: UInt8(ascii: ","), null: nil)

    /// A format; nil if the delimiter is not one ASCII character, or is a quote or a line end.
    public init?(delimiter: Character, null: String? = nil) {
        guard let byte = delimiter.asciiValue, delimiter.utf8.count == 1 else { return nil }
        guard byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r"), byte != 0
        else { return nil }
        self.init(delimiter: byte, null: null)
    }

    private init(delimiter: UInt8, null: String?) {
        self.delimiter = delimiter
        self.null = null
    }
}
