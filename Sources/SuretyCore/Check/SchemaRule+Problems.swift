extension SchemaRule {
    /// What is wrong with the columns of a table, for people; nil if there is nothing yet to compare them with.
    ///
    /// The baseline is what `unchanged` compares with.
    public func problems(in columns: [ColumnInfo], baseline: [ColumnInfo]?) -> [String]? {
        switch self {
        case .include(let wanted): return Self.missingOrRetyped(wanted, in: columns)
        case .exactly(let wanted): return Self.differences(wanted, columns)
        case .inOrder(let wanted):
            let problems = Self.differences(wanted, columns)
            guard problems.isEmpty, wanted.map(\.name) != columns.map(\.name) else { return problems }
            return ["the order is \(columns.map(\.name).joined(separator: ", "))"]
        case .unchanged(let exceptAdded):
            return baseline.map { Self.changes(from: $0, to: columns, exceptAdded: exceptAdded) }
        }
    }

    private static func missingOrRetyped(_ wanted: [ColumnType], in columns: [ColumnInfo]) -> [String] {
        wanted.compactMap { column in
            guard let actual = columns.first(where: { $0.name == column.name }) else {
                return "there is no column \(column.name)"
            }
            guard let type = column.type, !actual.isOfType(type) else { return nil }
            return "\(column.name) is \(actual.type), not \(type)"
        }
    }

    private static func differences(_ wanted: [ColumnType], _ columns: [ColumnInfo]) -> [String] {
        let names = Set(wanted.map(\.name))
        return missingOrRetyped(wanted, in: columns)
            + columns.filter { !names.contains($0.name) }.map { "\($0.name) was not expected" }
    }

    private static func changes(
        from baseline: [ColumnInfo], to columns: [ColumnInfo], exceptAdded: Bool
    ) -> [String] {
        let old = Set(baseline.map(\.name))
        let changed = baseline.flatMap { before in
            guard let after = columns.first(where: { $0.name == before.name }) else {
                return ["\(before.name) was removed"]
            }
            var changes: [String] = []
            if TypeName(before.type) != TypeName(after.type) {
                changes.append("\(before.name) was \(before.type) and is \(after.type)")
            }
            if before.nullable != after.nullable {
                changes.append("\(before.name) \(after.nullable ? "became" : "is no longer") nullable")
            }
            return changes
        }
        let added = columns.filter { !old.contains($0.name) }.map { "\($0.name) was added" }
        return changed + (exceptAdded ? [] : added)
    }
}

extension ColumnInfo {
    /// Whether the column, or the type below its domain, is what is asked for.
    fileprivate func isOfType(_ wanted: String) -> Bool {
        let wanted = TypeName(wanted)
        return wanted.matches(TypeName(type)) || wanted.matches(TypeName(baseType))
    }
}
