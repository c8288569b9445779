import SuretyCore

/// A value as SQLite stores it.
enum StoredValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
}

extension SQLValue {
    /// The value in the documented form of its type.
    var stored: StoredValue {
        switch self {
        case .null: .null
        case .text(let text): .text(text)
        case .integer(let number): .integer(number)
        case .decimal(let digits):
            Int64(digits).map { .integer($0) } ?? Double(digits).map { .real($0) } ?? .text(digits)
        case .boolean(let flag): .integer(flag ? 1 : 0)
        case .date(let date): .text(date.description)
        case .instant(let instant): .text(instant.stored)
        case .civil(let civil): .text(civil.stored)
        }
    }

    /// A text, or NULL.
    static func text(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }
    /// An instant, or NULL.
    static func instant(_ instant: Instant?) -> SQLValue { instant.map { .instant($0) } ?? .null }
}

extension Instant {
    /// UTC, `YYYY-MM-DD HH:MM:SS[.SSS]`.
    var stored: String { String(description.dropLast()).replacing("T", with: " ") }

    /// Reads what `stored` writes.
    init?(stored text: String) { self.init(rfc3339: text + "Z") }
}

extension CivilDateTime {
    /// `YYYY-MM-DD HH:MM:SS`.
    var stored: String { description.replacing("T", with: " ") }
}
