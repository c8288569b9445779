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
                let parts = shared.parts(after: reply)
                again += parts
                guard parts.isEmpty else { continue }
                for (question, reply) in shared.split(reply) { replies[question] = reply }
            }
            open = again
        }
        return checks.map { questions in questions.compactMap { replies[$0] } }
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
