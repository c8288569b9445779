extension Asset {
    /// Whether a column's values are never shown.
    public func isPrivate(_ column: String) -> Bool { privateColumns.hasExactly(column) }
}
