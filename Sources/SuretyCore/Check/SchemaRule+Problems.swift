extension SchemaRule {
    /// What is wrong with the columns of a table, for people; nil if there is nothing yet to compare them with.
    ///
    /// The baseline is what `unchanged` compares with.
    public func problems(in table: TableShape, baseline: TableShape?) -> [String]? {
        let columns = table.columns
        switch self {
        case .include(let wanted): return Self.missingOrRetyped(wanted, in: columns)
        case .exactly(let wanted): return Self.differences(wanted, columns)
        case .inOrder(let wanted):
            let problems = Self.differences(wanted, columns)
            guard problems.isEmpty, !wanted.elementsEqual(columns, by: { $0.name.isExactly($1.name) }) else {
                return problems
            }
            return ["the order is \(columns.map(\.name).joined(separator: ", "))"]
        case .unchanged(let exceptAdded):
            return baseline.map { Self.changes(from: $0, to: table, exceptAdded: exceptAdded) }
        }
    }

    private static func missingOrRetyped(_ wanted: [ColumnType], in columns: [ColumnInfo]) -> [String] {
        wanted.compactMap { column in
            guard let actual = columns.first(where: { $0.name.isExactly(column.name) }) else {
                return "there is no column \(column.name)"
            }
            guard let type = column.type, !actual.isOfType(type) else { return nil }
            return "\(column.name) is \(actual.type), not \(type)"
        }
    }

    private static func differences(_ wanted: [ColumnType], _ columns: [ColumnInfo]) -> [String] {
        let names = wanted.map(\.name).exactly
        return missingOrRetyped(wanted, in: columns)
            + columns.filter { !names.contains(ExactText($0.name)) }.map { "\($0.name) was not expected" }
    }

    /// Names, types and NULL decide; what is known of the columns beside tells how they came to differ.
    private static func changes(
        from baseline: TableShape, to table: TableShape, exceptAdded: Bool
    ) -> [String] {
        func counted(_ differences: [TableDifference]) -> [TableDifference] {
            differences.filter { difference in
                if exceptAdded, case .columnAdded = difference { return false }
                return difference.isOfColumns
            }
        }
        guard !counted(baseline.byName.differences(to: table)).isEmpty else { return [] }
        return counted(baseline.differences(to: table)).map(\.words)
    }
}

extension ColumnInfo {
    /// Whether the column, or the type below its domain, is what is asked for.
    fileprivate func isOfType(_ wanted: String) -> Bool {
        let wanted = TypeName(wanted)
        return wanted.matches(TypeName(type)) || wanted.matches(TypeName(baseType))
    }
}
