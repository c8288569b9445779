import SuretyCore

/// What can be done with a column's values.
enum ColumnKind: Hashable {
    case integer
    /// Decimal numbers, with a scale where one is declared.
    case numeric(scale: Int?)
    case real
    case double
    case text
    case boolean
    case date
    /// Wall times without a zone.
    case timestamp
    case timestamptz
    case time
    /// PostgreSQL's lengths of time.
    case length
    case uuid
    /// Enumerations and types that Surety does not know; they compare as the warehouse compares them.
    case other
    /// Values that cannot be compared or measured, such as documents, bytes and arrays.
    case opaque
    /// SQLite columns declared without a type.
    case untyped

    init(_ column: ColumnInfo, _ dialect: Dialect) {
        let type = TypeName(column.baseType)
        guard !type.isArray else {
            self = .opaque
            return
        }
        self =
            switch type.base {
            case "smallint", "integer", "bigint", "oid": .integer
            case "numeric": .numeric(scale: type.arguments.last)
            case "real": dialect == .postgres ? .real : .double
            case "double precision": .double
            case "text", "character varying", "character", "citext", "name", "clob": .text
            case "boolean": .boolean
            case "date": .date
            case "timestamp without time zone", "datetime": .timestamp
            case "timestamp with time zone": .timestamptz
            case "time without time zone": .time
            case "interval": .length
            case "uuid": .uuid
            case "json", "jsonb", "xml", "bytea", "blob", "tsvector", "point", "polygon": .opaque
            // The extension's type, in a schema that names must be found in.
            case let name where name.hasSuffix(".citext"): .text
            case "": dialect == .sqlite ? .untyped : .other
            default: .other
            }
    }

    var isNumber: Bool {
        switch self {
        case .integer, .numeric, .real, .double: true
        case .text, .boolean, .date, .timestamp, .timestamptz, .time, .length, .uuid, .other, .opaque,
            .untyped:
            false
        }
    }

    var isInstant: Bool {
        switch self {
        case .timestamp, .timestamptz: true
        case .integer, .numeric, .real, .double, .text, .boolean, .date, .time, .length, .uuid, .other,
            .opaque,
            .untyped:
            false
        }
    }

    /// Whether the values are points in time: dates or instants.
    var isTemporal: Bool { self == .date || isInstant }

    /// Whether PostgreSQL sorts the values faster than it groups by them.
    var isSortedFast: Bool {
        switch self {
        case .integer, .numeric, .real, .double, .text, .date, .timestamp, .timestamptz, .time, .uuid: true
        case .boolean, .length, .other, .opaque, .untyped: false
        }
    }

    /// Whether what a value is stands in its row and nowhere else, as that of an enumeration does not.
    var standsInItsRow: Bool {
        switch self {
        case .integer, .numeric, .real, .double, .text, .boolean, .date, .timestamp, .timestamptz, .time,
            .length, .uuid:
            true
        case .other, .opaque, .untyped: false
        }
    }

    /// Whether rules for text apply.
    var isText: Bool { self == .text || self == .untyped }
}

/// A column that is there, and what can be done with it.
struct CheckedColumn: Hashable {
    let name: String
    let type: String
    /// The type below domains.
    let baseType: String
    let kind: ColumnKind
}
