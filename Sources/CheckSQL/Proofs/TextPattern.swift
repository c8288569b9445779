/// A pattern that texts match, or do not, exactly as it is written.
struct TextPattern: Hashable {
    /// What a pattern is, by PostgreSQL's operator.
    enum Kind: String, Hashable {
        case matches = "~"
        case doesNotMatch = "!~"
        case like = "~~"
        case notLike = "!~~"
    }

    let kind: Kind
    /// Its bytes; Swift takes texts for equal that are the same only when composed.
    let bytes: [UInt8]

    init(_ kind: Kind, _ text: String) { self.init(kind, Array(text.utf8)) }

    init(_ kind: Kind, _ bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
    }
}
