/// A one-field name, so that the id of one kind of thing is never passed for another.
public protocol Identifier: RawRepresentable, Hashable, Comparable, Codable, Sendable,
    CustomStringConvertible, ExpressibleByStringLiteral
where RawValue == String {
    /// The id with this text; whoever reads declarations has checked its form.
    init(rawValue: String)
}

extension Identifier {
    /// The id as written.
    public var description: String { rawValue }
    /// The id as written in source code.
    public init(stringLiteral value: String) { self.init(rawValue: value) }
    /// Orders ids by their text.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
