/// The name of an asset: `schema.table` in the warehouse, in exact case.
public struct AssetName: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    /// The schema's name, unquoted.
    @ExactText public private(set) var schema: String
    /// The table's or view's name, unquoted.
    @ExactText public private(set) var table: String

    /// The asset `schema.table`.
    public init(schema: String, table: String) {
        self.schema = schema
        self.table = table
    }

    /// Reads `schema.table`; nil unless there is exactly one dot with text on both sides.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        self.init(schema: String(parts[0]), table: String(parts[1]))
    }

    /// `schema.table`, as declared.
    public var description: String { "\(schema).\(table)" }

    /// Orders by schema, then by table; names that differ only in how letters are composed by their bytes.
    public static func < (left: Self, right: Self) -> Bool {
        let (one, other) = ((left.schema, left.table), (right.schema, right.table))
        if one < other { return true }
        return one == other && left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }

    /// Reads the form that `encode(to:)` writes.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let name = AssetName(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not schema.table: \(text)"))
        }
        self = name
    }

    /// Writes `schema.table` as one string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
