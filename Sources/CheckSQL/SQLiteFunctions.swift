import Foundation
import SuretyCore

/// The functions that checks call on SQLite and that it lacks; the adapter registers all of them, as deterministic.
public enum SQLiteFunctions {
    /// A value as SQLite hands it to a function.
    public enum Value: Hashable, Sendable {
        /// NULL.
        case null
        /// An integer.
        case integer(Int64)
        /// A floating-point number.
        case real(Double)
        /// A text; a blob counts as the text that its bytes spell.
        case text(String)
    }

    /// A function of the values of one row.
    public struct Scalar: Sendable {
        /// Its name.
        public let name: String
        /// How many arguments it takes.
        public let arguments: Int
        /// Its value; throws what the query then fails with.
        public let evaluate: @Sendable ([Value]) throws(QueryFailure) -> Value
    }

    /// A function of the values of many rows.
    public struct Aggregate: Sendable {
        /// Its name.
        public let name: String
        /// How many arguments it takes.
        public let arguments: Int
        /// A state before the first row.
        public let begin: @Sendable () -> any AggregateState
    }

    /// What an aggregate knows of the rows so far.
    public protocol AggregateState {
        /// Takes the values of one more row.
        mutating func step(_ values: [Value]) throws(QueryFailure)
        /// The value of all rows.
        func finish() throws(QueryFailure) -> Value
    }

    /// All functions of one row.
    public static let scalars: [Scalar] = [
        Scalar(name: "surety_regexp", arguments: 2) { values throws(QueryFailure) in
            try ofText(values) { pattern, text throws(QueryFailure) in
                let expression = try PatternCache.shared.expression(pattern)
                let range = NSRange(text.startIndex..., in: text)
                return .integer(expression.firstMatch(in: text, range: range) == nil ? 0 : 1)
            }
        },
        Scalar(name: "surety_like", arguments: 2) { values throws(QueryFailure) in
            try ofText(values) { pattern, text throws(QueryFailure) in
                .integer(LikePattern(pattern).matches(text) ? 1 : 0)
            }
        },
        Scalar(name: "surety_format", arguments: 2) { values throws(QueryFailure) in
            try ofText(values) { name, text throws(QueryFailure) in
                guard let format = TextFormat(rawValue: name) else {
                    throw QueryFailure(sqlState: nil, message: "there is no format \(name)")
                }
                return .integer(try format.fits(text) ? 1 : 0)
            }
        },
        Scalar(name: "surety_wall", arguments: 2) { values throws(QueryFailure) in
            try ofText(values) { text, zone throws(QueryFailure) in
                guard let zone = Zone(zone), let instant = StoredTime.instant(text, in: .utc) else {
                    return .null
                }
                return .text(instant.storedWallText(in: zone))
            }
        },
        Scalar(name: "surety_instant", arguments: 2) { values throws(QueryFailure) in
            try ofText(values) { text, zone throws(QueryFailure) in
                guard let zone = Zone(zone), let instant = StoredTime.instant(text, in: zone) else {
                    return .null
                }
                return .integer(instant.milliseconds)
            }
        },
        Scalar(name: "surety_double", arguments: 1) { values in
            values.first?.string.map(Value.text) ?? .null
        },
    ]

    /// All functions of many rows.
    public static let aggregates: [Aggregate] = [
        Aggregate(name: "surety_moments", arguments: 2) { MomentsState() }
    ]

    /// NULL if one of two values is, else what a function makes of their texts.
    private static func ofText(
        _ values: [Value], _ function: (String, String) throws(QueryFailure) -> Value
    ) throws(QueryFailure) -> Value {
        guard values.count == 2, let one = values[0].string, let other = values[1].string else {
            return .null
        }
        return try function(one, other)
    }
}

extension SQLiteFunctions.Value {
    /// As text; nil for NULL.
    var string: String? {
        switch self {
        case .null: nil
        case .integer(let number): String(number)
        case .real(let number): number.description
        case .text(let text): text
        }
    }

    /// As an exact number, floating-point ones by so many significant digits; nil if it is none or not finite.
    func exact(digits: Int) -> ExactNumber? {
        switch self {
        case .null: nil
        case .integer(let number): ExactNumber(number)
        case .real(let number) where digits < 17:
            ExactNumber(String(format: "%.\(digits)g", number))?.withoutTrailingZeros
        case .real(let number): ExactNumber(number.description)?.withoutTrailingZeros
        case .text(let text): ExactNumber(text)
        }
    }
}

/// The state of `surety_moments(value, digits)`, which gives `count sum squares`; NULL of no values.
struct MomentsState: SQLiteFunctions.AggregateState {
    private var moments = Moments()

    mutating func step(_ values: [SQLiteFunctions.Value]) throws(QueryFailure) {
        guard values.count == 2, values[0] != .null else { return }
        guard case .integer(let digits) = values[1], let number = values[0].exact(digits: Int(digits)) else {
            throw QueryFailure(
                sqlState: "22P02", message: "there is a value that is no number, or not finite")
        }
        moments = moments.adding(number)
    }

    func finish() throws(QueryFailure) -> SQLiteFunctions.Value {
        moments.count == 0 ? .null : .text(moments.description)
    }
}
