import SuretyCore

/// Asks questions, those about the same rows in one scan, and hands over together what can be asked side by side.
struct Asking<Session: CheckSession> {
    private let session: Session
    private(set) var measuresTime = false

    init(_ session: Session) { self.session = session }

    /// The replies to the questions of each check, in their order; those that are known are not asked. Throws only what
    /// is fatal.
    mutating func answers(
        to checks: [[Question]], known: [Question: Reply] = [:]
    ) throws(QueryFailure) -> [[Reply]] {
        var replies = known
        var open = SharedQuery.serving(checks.flatMap(\.self).filter { known[$0] == nil })
        while !open.isEmpty {
            var again: [SharedQuery] = []
            for (shared, reply) in zip(open, try self.replies(to: open.map(\.sql))) {
                let (parts, answered) = try parts(of: shared, after: reply)
                again += parts
                replies.merge(answered) { _, new in new }
            }
            open = again
        }
        return checks.map { questions in questions.compactMap { replies[$0] } }
    }

    /// What is to be asked again of a query, and what its reply says to the others of its questions.
    ///
    /// Of a scan that failed each question is shown to the database alone first, which reads nothing: what it refuses is told,
    /// and the others go on sharing. Only what failed while it ran is found by asking halves.
    private func parts(
        of shared: SharedQuery, after reply: Reply
    ) throws(QueryFailure) -> ([SharedQuery], [(Question, Reply)]) {
        guard case .failure = reply.outcome, case .scan(let questions, isAccepted: false) = shared,
            questions.count > 1
        else {
            let parts = shared.parts(after: reply)
            return (parts, parts.isEmpty ? shared.split(reply) : [])
        }
        var accepted: [Question] = []
        var refused: [(Question, Reply)] = []
        for question in questions {
            if let refusal = try refusal(of: SharedQuery.scan([question]).sql) {
                refused.append((question, Reply(outcome: .failure(refusal), milliseconds: 0)))
            } else {
                accepted.append(question)
            }
        }
        let rest = SharedQuery.scan(accepted, isAccepted: true)
        if refused.isEmpty { return (rest.parts(after: reply), []) }
        return (accepted.isEmpty ? [] : [rest], refused)
    }

    /// The questions that the database would answer now: it is shown them, and reads nothing. Throws only what is fatal.
    func accepted(_ questions: [Question]) throws(QueryFailure) -> [Question] {
        var accepted: [Question] = []
        for shared in SharedQuery.serving(questions) where try refusal(of: shared.sql) == nil {
            accepted += shared.questions
        }
        return accepted
    }

    /// What the database has against a query now; nil where that is nothing. Throws only what is fatal.
    func refusal(of sql: Fragment) throws(QueryFailure) -> QueryFailure? {
        try session.refusal(of: sql.query(for: session.dialect))
    }

    /// The reply to one query. Throws only what is fatal.
    mutating func reply(to sql: Fragment) throws(QueryFailure) -> Reply {
        let reply = try session.reply(to: sql.query(for: session.dialect))
        if session.elapsedMilliseconds() != 0 { measuresTime = true }
        return reply
    }

    private mutating func replies(to sql: [Fragment]) throws(QueryFailure) -> [Reply] {
        let replies = try session.replies(to: sql.map { $0.query(for: session.dialect) })
        if session.elapsedMilliseconds() != 0 { measuresTime = true }
        return replies
    }
}
