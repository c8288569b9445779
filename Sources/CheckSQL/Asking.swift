import SuretyCore

/// What the warehouse said to one question, and how long it took with all that shared its scan.
struct Reply {
    let outcome: Result<Answer, QueryFailure>
    let milliseconds: Double
}

/// Asks questions, those about the same rows in one scan.
struct Asking<Session: CheckSession> {
    private let session: Session
    private(set) var measuresTime = false

    /// Aggregates in one query; PostgreSQL takes 1664 columns.
    private static var most: Int { 200 }

    init(_ session: Session) { self.session = session }

    /// The replies to the questions of each check, in their order; those that are known are not asked. Throws only what
    /// is fatal.
    mutating func answers(
        to checks: [[Question]], known: [Question: Reply] = [:]
    ) throws(QueryFailure) -> [[Reply]] {
        var replies = known
        for scan in Self.scans(of: checks.flatMap(\.self).filter({ known[$0] == nil })) {
            for (question, reply) in try self.replies(to: scan) { replies[question] = reply }
        }
        for (values, percents) in Self.sorts(of: checks.flatMap(\.self)) {
            let reply = try reply(to: values.query(percents))
            guard case .success(let answer) = reply.outcome else { continue }
            for (index, percent) in percents.enumerated() {
                replies[Question(form: .nearest(values, percent: percent))] = Reply(
                    outcome: .success(NearestValues.part(index, of: answer)), milliseconds: reply.milliseconds
                )
            }
        }
        return try checks.map { questions throws(QueryFailure) in
            try questions.map { question throws(QueryFailure) in
                if let reply = replies[question] { return reply }
                let reply = try reply(to: question.alone)
                replies[question] = reply
                return reply
            }
        }
    }

    /// Questions that can share a scan, in the order in which they are first asked.
    private static func scans(of questions: [Question]) -> [[Question]] {
        var scans: [[Question]] = []
        var open: [Scan: Int] = [:]
        var columns: [Int] = []
        var seen: Set<Question> = []
        for question in questions where seen.insert(question).inserted {
            guard case .aggregates(let table, let rows, let select) = question.form else { continue }
            let scan = Scan(table: table, rows: rows)
            if let index = open[scan], columns[index] + select.count <= most {
                scans[index].append(question)
                columns[index] += select.count
            } else {
                open[scan] = scans.count
                scans.append([question])
                columns.append(select.count)
            }
        }
        return scans
    }

    /// Percentiles that can share a sort.
    private static func sorts(of questions: [Question]) -> [(NearestValues, [Int])] {
        var order: [NearestValues] = []
        var percents: [NearestValues: [Int]] = [:]
        for question in questions {
            guard case .nearest(let values, let percent) = question.form else { continue }
            if percents[values] == nil { order.append(values) }
            if percents[values]?.contains(percent) != true { percents[values, default: []].append(percent) }
        }
        return order.map { ($0, percents[$0] ?? []) }
    }

    private struct Scan: Hashable {
        let table: AssetName
        let rows: Fragment?
    }

    /// One query for all; if it fails, one for each half, down to single questions, so that a bad one spoils no other and
    /// the good ones go on sharing scans.
    private mutating func replies(to scan: [Question]) throws(QueryFailure) -> [(Question, Reply)] {
        var select: [Fragment] = []
        var places: [[Int]] = []
        var source: Scan?
        for question in scan {
            guard case .aggregates(let table, let rows, let wanted) = question.form else { continue }
            source = Scan(table: table, rows: rows)
            places.append(
                wanted.map { aggregate in
                    if let place = select.firstIndex(of: aggregate.sql) { return place }
                    select.append(aggregate.sql)
                    return select.count - 1
                })
        }
        guard let source else { return [] }
        let reply = try reply(to: Question.scan(source.table, source.rows, select))
        switch reply.outcome {
        case .success(let rows):
            return zip(scan, places).map { question, places in
                let answer = rows.map { row in places.map { row.indices.contains($0) ? row[$0] : nil } }
                return (question, Reply(outcome: .success(answer), milliseconds: reply.milliseconds))
            }
        case .failure:
            guard scan.count > 1 else { return scan.map { ($0, reply) } }
            let middle = scan.count / 2
            return try replies(to: Array(scan[..<middle])) + replies(to: Array(scan[middle...]))
        }
    }

    /// The reply to one query. Throws only what is fatal.
    mutating func reply(to sql: Fragment) throws(QueryFailure) -> Reply {
        let start = session.elapsedMilliseconds()
        let outcome: Result<Answer, QueryFailure>
        do { outcome = .success(try session.rows(sql.query(for: session.dialect))) } catch {
            guard !error.isFatal else { throw error }
            outcome = .failure(error)
        }
        let end = session.elapsedMilliseconds()
        if end != 0 { measuresTime = true }
        return Reply(outcome: outcome, milliseconds: end - start)
    }
}
