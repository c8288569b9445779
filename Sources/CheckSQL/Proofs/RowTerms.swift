import SuretyCore

/// What columns and literals of one row are to comparisons, and which of them mean the same wherever they are written.
struct RowTerms {
    let columns: [ColumnInfo]

    /// Values that compare with each other in the same way, whatever is set.
    enum Kind: Hashable {
        /// Whole and decimal numbers.
        case number
        /// Texts, which are the same or not; which is greater is told by their collation.
        case text
        case date
        /// A type whose values compare with each other.
        case same(ExactText)
    }

    /// The kind of a column or a length; nil for literals, and for what is not known.
    func kind(of term: RowCondition.Term) -> Kind? {
        switch term {
        case .length: return .number
        case .number, .text: return nil
        case .column(let name):
            // Types in whose name others may have declared operators are left out, domains among them.
            guard let column = columns.first(where: { $0.name.isExactly(name.wrappedValue) }),
                column.type == column.baseType
            else { return nil }
            let type = TypeName(column.type)
            guard !type.isArray else { return nil }
            switch type.base {
            case "smallint", "integer", "bigint", "numeric": return .number
            case "text", "character varying": return .text
            case "date": return .date
            case "timestamp without time zone", "timestamp with time zone", "real", "double precision":
                return .same(ExactText(type.base))
            default: return nil
            }
        }
    }

    /// How two columns compare; nil if that may mean several things.
    func compare(_ one: String, _ comparator: Comparator, _ other: String) -> RowCondition? {
        let (one, other) = (
            RowCondition.Term.column(ExactText(one)), RowCondition.Term.column(ExactText(other))
        )
        guard kind(of: one) != nil, kind(of: other) != nil else { return nil }
        return compare(one, comparator, other)
    }

    /// A comparison, in one of the ways in which it can be written; nil if it may mean several things.
    func compare(
        _ one: RowCondition.Term, _ comparator: Comparator, _ other: RowCondition.Term
    ) -> RowCondition? {
        let isOrdered = comparator != .equal && comparator != .notEqual
        switch (kind(of: one), kind(of: other)) {
        case (nil, nil): return nil
        case (nil, _?): return compare(other, comparator.turned, one)
        case (let kind?, nil):
            switch (kind, other) {
            case (.number, .number): break
            case (.text, .text): guard !isOrdered else { return nil }
            case (.date, .text(let bytes)): guard Self.isDate(bytes) else { return nil }
            case (.number, _), (.text, _), (.date, _), (.same, _): return nil
            }
        case (let kind?, let second?):
            guard kind == second, kind != .text || !isOrdered else { return nil }
            if comparator == .greater || comparator == .atLeast {
                return .compares(other, comparator.turned, one)
            }
        }
        return .compares(one, comparator, other)
    }

    /// Whether a text is a date that is read in the same way whatever is set.
    private static func isDate(_ bytes: [UInt8]) -> Bool {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return bytes.count == 10
            && bytes.enumerated().allSatisfy { place, byte in
                place == 4 || place == 7 ? byte == UInt8(ascii: "-") : digits.contains(byte)
            }
    }
}
