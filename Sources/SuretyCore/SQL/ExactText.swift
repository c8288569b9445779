/// A text that is the same as another only byte by byte, as databases tell names apart.
///
/// Swift takes two texts for equal that differ only in how their letters are composed: é, and e with an accent of its own.
@propertyWrapper
public struct ExactText: Hashable, Codable, Sendable {
    /// The text.
    public var wrappedValue: String

    /// A text, as a property keeps it.
    public init(wrappedValue: String) { self.wrappedValue = wrappedValue }
    /// A text.
    public init(_ text: String) { wrappedValue = text }

    /// Whether both have the same bytes; texts that do are equal to Swift too, so that they hash alike.
    public static func == (left: Self, right: Self) -> Bool {
        left.wrappedValue.isExactly(right.wrappedValue)
    }

    /// Reads the text alone.
    public init(from decoder: any Decoder) throws {
        wrappedValue = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the text alone.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue)
    }
}

extension String {
    /// Whether another text has the same bytes.
    public func isExactly(_ other: String) -> Bool { self == other && utf8.elementsEqual(other.utf8) }
}

extension Sequence<String> {
    /// Whether a text with the same bytes is among these.
    public func hasExactly(_ text: String) -> Bool { contains { $0.isExactly(text) } }
    /// The texts, told apart by their bytes.
    public var exactly: Set<ExactText> { Set(lazy.map { ExactText($0) }) }
}
