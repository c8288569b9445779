/// A column's type, told apart as PostgreSQL tells types apart: `int8` is `bigint`, `dec(12,2)` is `numeric(12,2)`.
public struct TypeName: Hashable, Sendable {
    /// The type's own name, with PostgreSQL's spelling where it knows the type.
    @ExactText public private(set) var base: String
    /// What stands in brackets, precision and scale for `numeric`.
    public let arguments: [Int]
    /// Whether it is an array.
    public let isArray: Bool

    /// Reads a type as it is written in a declaration or printed by a catalogue.
    public init(_ text: String) {
        var name = text.contains("\"") ? text : text.lowercased()
        var isArray = false
        while let bracket = name.lastIndex(of: "["), name.hasSuffix("]") {
            name = String(name[..<bracket])
            isArray = true
        }
        var arguments: [Int] = []
        if let open = name.firstIndex(of: "("), let close = name[open...].firstIndex(of: ")") {
            arguments = name[name.index(after: open)..<close].split(separator: ",").compactMap {
                Int($0.filter { !$0.isWhitespace })
            }
            name.replaceSubrange(open...close, with: " ")
        }
        var words = name.split(whereSeparator: \.isWhitespace)
        if words.count > 1, words.last == "array" {
            words.removeLast()
            isArray = true
        }
        var base = words.joined(separator: " ")
        if base.hasPrefix("pg_catalog.") { base.removeFirst(11) }
        if base == "float", let precision = arguments.first {
            base = precision <= 24 ? "real" : "double precision"
            arguments = []
        }
        base = Self.synonyms[base] ?? base
        self.base = base
        if base == "numeric", arguments.count == 1 { arguments.append(0) }
        self.arguments = arguments
        self.isArray = isArray
    }

    /// Whether a column of a type is what this asks for: without a precision any will do, with one only that.
    public func matches(_ actual: TypeName) -> Bool {
        base.isExactly(actual.base) && isArray == actual.isArray
            && (arguments.isEmpty || arguments == actual.arguments)
    }

    private static let synonyms: [String: String] = [
        "int": "integer", "int4": "integer", "serial": "integer", "serial4": "integer",
        "int8": "bigint", "bigserial": "bigint", "serial8": "bigint",
        "int2": "smallint", "smallserial": "smallint", "serial2": "smallint",
        "decimal": "numeric", "dec": "numeric",
        "float": "double precision", "float8": "double precision", "float4": "real",
        "bool": "boolean",
        "varchar": "character varying", "char varying": "character varying",
        "char": "character", "bpchar": "character", "nchar": "character",
        "national character": "character", "national char": "character",
        "timestamptz": "timestamp with time zone", "timestamp": "timestamp without time zone",
        "timetz": "time with time zone", "time": "time without time zone",
        "varbit": "bit varying",
    ]
}
