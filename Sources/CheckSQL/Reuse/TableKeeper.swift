public import SuretyCore

/// Keeps, between rounds, what was found out about a table, so that only rows that changed are read again.
public protocol TableKeeper: AnyObject {
    /// What was kept of the table's parts, and what became of its rows since; nil where nothing is.
    func recallParts() throws(QueryFailure) -> RecalledParts?
    /// Keeps parts as this snapshot has them, in place of what was kept.
    func keep(_ parts: KeptParts)
    /// What was kept of the round's slice, and what became of the table's rows since; nil where nothing is.
    func recallAnswers() throws(QueryFailure) -> RecalledAnswers?
    /// Keeps answers as this snapshot gives them, in place of what was kept.
    func keep(_ answers: KeptAnswers)
    /// Whether everything is to be read, and compared with what was kept.
    var readsAll: Bool { get }
}

extension TableKeeper {
    /// Whether what was read at an instant needs no reading now if nothing tells that it changed. Whatever is kept, all
    /// rows are read again after a week, to be compared with it.
    public func trusts(_ readAt: Instant, at now: Instant) -> Bool {
        !readsAll && now < readAt.adding(seconds: 7 * 86400)
    }
}
