extension Trouble {
    /// The same root as several promises or intervals see it: the cause of the last interval, and everything that any of
    /// them affects; nil of none.
    public static func joined(_ troubles: [Trouble]) -> Trouble? {
        let last = troubles.max { ($0.cause.interval ?? "") < ($1.cause.interval ?? "") }
        guard var whole = last else { return nil }
        whole.intervals = Set(troubles.flatMap(\.intervals)).sorted()
        return whole.holding(troubles)
    }

    /// The trouble at its own root with all that others hold up too.
    public func holding(_ others: [Trouble]) -> Trouble {
        let all = others + [self]
        var whole = self
        whole.affects = Set(all.flatMap(\.affects)).sorted()
        whole.promises = all.flatMap(\.promises).unique()
        whole.consumers = Set(all.flatMap(\.consumers)).sorted()
        whole.severity = all.map(\.severity).min() ?? severity
        whole.isExperiment = all.allSatisfy(\.isExperiment)
        whole.overdue = all.reduce(into: []) { $0.formUnion($1.overdue) }
        whole.faultAt = all.compactMap(\.faultAt).min()
        return whole
    }
}
