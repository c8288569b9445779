extension Asset {
    /// Whether rows that arrive for certified intervals take the certificate away: of a source, unless they are ignored.
    public var tellsOfLateRows: Bool {
        guard build == nil else { return false }
        return switch lateRows {
        case .tell, .rebuild: true
        case .ignore: false
        }
    }

    /// How far back rows that arrive late are built in without anybody's asking; nil: not at all. A whole table has no
    /// certified intervals for which rows could be late.
    public var rebuildWindow: Period? {
        guard build == nil, interval != nil, case .rebuild(let within) = lateRows else { return nil }
        return within
    }

    /// The instant from which on intervals must have ended for late rows to be built in; nil: none are.
    public func rebuildsSince(at now: Instant) -> Instant? {
        guard let rule = interval, let window = rebuildWindow else { return nil }
        return rule.cadence.zone.instant(now, minus: window)
    }
}

extension Catalog {
    /// How far back, in seconds, rows that arrive late are built in at most; nil where no source asks for it.
    public var longestRebuildWindow: Int64? { assets.values.compactMap { $0.rebuildWindow?.seconds }.max() }
}
