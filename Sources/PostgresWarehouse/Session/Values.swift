import Foundation
import PostgresClient
import SuretyCore

extension SQLValue {
    /// The value with the type that `SQLValue` promises.
    var postgres: PostgresValue {
        switch self {
        case .null: .null(.text)
        case .text(let text): .text(text)
        case .integer(let number): .int8(number)
        case .decimal(let digits): .numeric(digits)
        case .boolean(let flag): .bool(flag)
        case .date(let date): .date(date.description)
        case .instant(let instant): .timestamptz(instant.description)
        case .civil(let civil): .timestamp(civil.description)
        }
    }
}

extension PostgresStatement.Interpolation {
    /// Binds an instant, or NULL, as `timestamptz`.
    mutating func appendInterpolation(_ instant: Instant?) {
        appendInterpolation(PostgresValue(instant?.description, as: .timestamptz))
    }

    /// Binds a text, or NULL, as `text`.
    mutating func appendInterpolation(_ text: String?) {
        appendInterpolation(PostgresValue(text, as: .text))
    }

    /// Binds an asset's name as text.
    mutating func appendInterpolation(_ asset: AssetName) {
        appendInterpolation(asset.description)
    }

    /// Quotes an asset's name as that of a table.
    mutating func appendInterpolation(table: AssetName) {
        appendInterpolation(identifier: [table.schema, table.table])
    }
}

extension AssetName {
    /// The table's name in SQL.
    var quoted: String {
        PostgresStatement.quoted(identifier: schema) + "." + PostgresStatement.quoted(identifier: table)
    }
}

/// Reads what `epoch(_:)` writes.
func instant(_ text: String?) -> Instant? {
    text.flatMap { Int64($0) }.map(Instant.init(milliseconds:))
}

/// SQL for the milliseconds of a `timestamptz`, rounded.
func epoch(_ expression: String) -> String {
    "round(extract(epoch FROM \(expression)) * 1000)::bigint"
}

/// A name in SQL.
func quoted(_ name: String) -> String { PostgresStatement.quoted(identifier: name) }

/// A text in SQL.
func literal(_ text: String) -> String { PostgresStatement.quoted(literal: text) }
