extension Asset {
    /// The type that a check of the asset's columns (`columns are (…)`, `columns include (…)`) gives a column, as
    /// written; nil if none does. A missing table is made with it.
    public func declaredType(of column: String) -> String? {
        for check in stop + warn + ready {
            guard case .schema(let rule) = check.body else { continue }
            switch rule {
            case .include(let columns), .exactly(let columns), .inOrder(let columns):
                if let type = columns.first(where: { $0.name.isExactly(column) })?.type { return type }
            case .unchanged: continue
            }
        }
        return nil
    }
}
