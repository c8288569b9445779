/// A Swift value that can be read out of PostgreSQL's text format.
public protocol PostgresDecodable {
    /// The value that a text stands for; nil if it is none.
    init?(postgresText text: String)
}

extension String: PostgresDecodable {
    /// The text itself.
    public init?(postgresText text: String) { self = text }
}

extension Int: PostgresDecodable {
    /// An integer of any size that fits.
    public init?(postgresText text: String) { self.init(text) }
}

extension Int64: PostgresDecodable {
    /// An integer of any size that fits.
    public init?(postgresText text: String) { self.init(text) }
}

extension Double: PostgresDecodable {
    /// A floating point number or numeric, `NaN` and `Infinity` included.
    public init?(postgresText text: String) { self.init(text) }
}

extension Bool: PostgresDecodable {
    /// `t` or `f`.
    public init?(postgresText text: String) {
        switch text {
        case "t", "true": self = true
        case "f", "false": self = false
        default: return nil
        }
    }
}

extension [UInt8]: PostgresDecodable {
    /// `bytea` in hexadecimal format.
    public init?(postgresText text: String) {
        let digits = [UInt8](text.utf8)
        guard digits.starts(with: [0x5C, 0x78]), digits.count.isMultiple(of: 2) else { return nil }
        self = []
        reserveCapacity(digits.count / 2 - 1)
        for index in stride(from: 2, to: digits.count, by: 2) {
            guard let high = Character(UnicodeScalar(digits[index])).hexDigitValue,
                let low = Character(UnicodeScalar(digits[index + 1])).hexDigitValue
            else { return nil }
            append(UInt8(high << 4 | low))
        }
    }
}
