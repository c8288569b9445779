/// How a table looked when it was looked at: what changes of it are told from.
public struct TableShape: Hashable, Sendable {
    /// Its columns in order.
    public let columns: [ColumnInfo]
    /// Its constraints; nil: not looked at.
    public let constraints: [ConstraintInfo]?
    /// What it keeps until it is dropped, PostgreSQL's oid; nil where tables are known by name alone.
    public let number: Int64?

    /// A table's shape.
    public init(_ columns: [ColumnInfo], constraints: [ConstraintInfo]? = nil, number: Int64? = nil) {
        self.columns = columns
        self.constraints = constraints
        self.number = number
    }

    /// The same, known by name alone.
    public var byName: TableShape { TableShape(columns, constraints: constraints) }
}

extension TableInfo {
    /// How it looks.
    public var shape: TableShape { TableShape(columns, constraints: constraints, number: number) }
}

extension Certificate {
    /// How the table looked then.
    public var shape: TableShape {
        TableShape(columns, constraints: constraints, number: snapshot.table)
    }
}

extension Evidence {
    /// How the table looked.
    public var shape: TableShape {
        TableShape(columns, constraints: constraints, number: snapshot.table)
    }
}

extension CheckAcceptance.Baseline {
    /// How the table looked when it was taken.
    public var shape: TableShape { TableShape(columns, number: number) }
}

extension SnapshotMark {
    /// The table's oid; nil where there is none.
    fileprivate var table: Int64? { relation.split(separator: "/").first.flatMap { Int64($0) } }
}
