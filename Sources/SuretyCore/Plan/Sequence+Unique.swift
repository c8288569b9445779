extension Sequence where Element: Hashable {
    /// The elements without repetition, in the order of their first occurrence.
    public func unique() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
