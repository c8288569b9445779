extension TableShape {
    /// What became different until a later look: the table, its columns in their old order, those that are new, its
    /// constraints.
    ///
    /// While a table is the same one, its columns are known by their numbers, so that a rename, a drop and a column that
    /// was made again are told apart exactly. Where the numbers are missing, or the table was made again, columns are
    /// known by name. What one of the looks did not look at is not compared.
    public func differences(to later: TableShape) -> [TableDifference] {
        let isRecreated = number != nil && later.number != nil && number != later.number
        return (isRecreated ? [.tableRecreated] : []) + columnDifferences(to: later)
            + constraintDifferences(to: later)
    }

    // MARK: - Columns

    private func columnDifferences(to later: TableShape) -> [TableDifference] {
        let isNumbered =
            number != nil && number == later.number
            && (columns + later.columns).allSatisfy { $0.number != nil }
        let known = Set(columns.compactMap(\.number))
        var rest = later.columns
        let changes = columns.flatMap { before -> [TableDifference] in
            let place =
                isNumbered
                ? rest.firstIndex { $0.number == before.number }
                : rest.firstIndex { $0.name.isExactly(before.name) }
            if let place {
                let after = rest.remove(at: place)
                let renamed = !before.name.isExactly(after.name)
                return (renamed ? [.columnRenamed(before.name, to: after.name)] : [])
                    + before.differences(to: after)
            }
            let again = rest.firstIndex { column in
                column.name.isExactly(before.name) && column.number.map { !known.contains($0) } ?? false
            }
            guard let again else { return [.columnDropped(before.name)] }
            return [.columnRecreated(before.name)] + before.differences(to: rest.remove(at: again))
        }
        return changes + rest.map { .columnAdded($0.name, type: $0.type) }
    }

    // MARK: - Constraints

    private func constraintDifferences(to later: TableShape) -> [TableDifference] {
        guard let constraints, var rest = later.constraints else { return [] }
        let known = Set(constraints.compactMap(\.number))
        let changes = constraints.flatMap { before -> [TableDifference] in
            // PostgreSQL makes constraints again when it retypes a column, and prints other names when it renames one.
            let place =
                rest.firstIndex { before.number != nil && $0.number == before.number }
                ?? rest.firstIndex { constraint in
                    constraint.name.isExactly(before.name)
                        && !(constraint.number.map(known.contains) ?? false)
                }
            guard let place else { return [.constraintDropped(before)] }
            let after = rest.remove(at: place)
            let isSame = before.number != nil && before.number == after.number
            var changes: [TableDifference] = []
            if !isSame, !before.definition.isExactly(after.definition) {
                changes.append(
                    .constraintChanged(after.name, from: before.definition, to: after.definition))
            }
            if before.isValidated != after.isValidated {
                changes.append(.constraintValidity(after.name, isValidated: after.isValidated))
            }
            return changes
        }
        return changes + rest.map { .constraintAdded($0) }
    }
}

extension ColumnInfo {
    /// What became different about a column, whatever its name; it is called as it is later.
    fileprivate func differences(to later: ColumnInfo) -> [TableDifference] {
        var changes: [TableDifference] = []
        if TypeName(type) != TypeName(later.type) {
            changes.append(.columnRetyped(later.name, from: type, to: later.type))
        }
        if nullable != later.nullable {
            changes.append(.nullability(later.name, nullable: later.nullable))
        }
        if let filling, let new = later.filling, !filling.isExactly(new) {
            changes.append(.fillingChanged(later.name, from: filling, to: new))
        }
        return changes + labelDifferences(to: later)
    }

    private func labelDifferences(to column: ColumnInfo) -> [TableDifference] {
        guard let labels, let new = column.labels, !labels.isEmpty, !new.isEmpty else { return [] }
        let (earlier, later) = (labels.exactly, new.exactly)
        let added = new.filter { !earlier.contains(ExactText($0)) }
        let removed = labels.filter { !later.contains(ExactText($0)) }
        let kept = (labels.map { ExactText($0) }, new.map { ExactText($0) })
        let isReordered = kept.0.filter(later.contains) != kept.1.filter(earlier.contains)
        return (added.isEmpty ? [] : [.labelsAdded(column.name, added)])
            + (removed.isEmpty ? [] : [.labelsRemoved(column.name, removed)])
            + (isReordered ? [.labelsReordered(column.name)] : [])
    }
}
