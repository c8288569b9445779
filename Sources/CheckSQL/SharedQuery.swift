import SuretyCore

/// A query that serves one or more questions.
enum SharedQuery {
    /// Aggregates of the same rows; accepted where the database is known to have nothing against any of them.
    case scan([Question], isAccepted: Bool = false)
    /// The values nearest to percentiles of the same values.
    case sort(NearestValues, [Int])
    /// What shares nothing.
    case own(Question, Fragment)
    /// What shares nothing and shows rows, and the same without them.
    case showing(Question, Fragment, without: Fragment)

    /// Aggregates in one query; PostgreSQL takes 1664 columns.
    private static let most = 200

    /// The fewest queries for all questions, in the order in which these are first asked: scans, sorts, then the others.
    static func serving(_ questions: [Question]) -> [SharedQuery] {
        var own: [SharedQuery] = []
        var seen: Set<Question> = []
        for question in questions {
            switch question.form {
            case .aggregates, .nearest: continue
            case .own(let sql):
                if seen.insert(question).inserted { own.append(.own(question, sql)) }
            case .showing(let sql, let without):
                if seen.insert(question).inserted { own.append(.showing(question, sql, without: without)) }
            }
        }
        return scans(of: questions) + sorts(of: questions) + own
    }

    /// The query.
    var sql: Fragment {
        switch self {
        case .scan(let questions, _):
            let places = Places(questions)
            return places.source.map { Question.scan($0.table, $0.rows, places.select) } ?? ""
        case .sort(let values, let percents): return values.query(percents)
        case .own(_, let sql), .showing(_, let sql, _): return sql
        }
    }

    /// What it answers.
    var questions: [Question] {
        switch self {
        case .scan(let questions, _): questions
        case .sort(let values, let percents): percents.map { .nearest(values, $0) }
        case .own(let question, _), .showing(let question, _, _): [question]
        }
    }

    /// What to ask instead when it failed: halves, down to single questions, so that a bad one spoils no other and the good
    /// ones go on sharing. Nothing when it is about one question only.
    func parts(after reply: Reply) -> [SharedQuery] {
        guard case .failure(let failure) = reply.outcome else { return [] }
        switch self {
        case .scan(let questions, let isAccepted):
            guard questions.count > 1 else { return [] }
            let middle = questions.count / 2
            return [questions[..<middle], questions[middle...]].map {
                .scan(Array($0), isAccepted: isAccepted)
            }
        case .sort(let values, let percents):
            return percents.count > 1 ? percents.map { .sort(values, [$0]) } : []
        case .own: return []
        case .showing(let question, _, let without):
            // A row that may not be read, or has no order, changes no verdict.
            return failure.sqlState?.hasPrefix("42") ?? false ? [.own(question, without)] : []
        }
    }

    /// What its reply says to each question.
    func split(_ reply: Reply) -> [(Question, Reply)] {
        switch self {
        case .scan(let questions, _):
            return zip(questions, Places(questions).of).map { question, places in
                (
                    question,
                    reply.map { $0.map { row in places.map { row.indices.contains($0) ? row[$0] : nil } } }
                )
            }
        case .sort(let values, let percents):
            return percents.enumerated().map { index, percent in
                (
                    Question(form: .nearest(values, percent: percent)),
                    reply.map { NearestValues.part(index, of: $0) }
                )
            }
        case .own(let question, _), .showing(let question, _, _): return [(question, reply)]
        }
    }

    /// Questions that can share a scan, in the order in which they are first asked.
    private static func scans(of questions: [Question]) -> [SharedQuery] {
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
        return scans.map { .scan($0) }
    }

    /// Percentiles that can share a sort.
    private static func sorts(of questions: [Question]) -> [SharedQuery] {
        var order: [NearestValues] = []
        var percents: [NearestValues: [Int]] = [:]
        for question in questions {
            guard case .nearest(let values, let percent) = question.form else { continue }
            if percents[values] == nil { order.append(values) }
            if percents[values]?.contains(percent) != true { percents[values, default: []].append(percent) }
        }
        return order.map { .sort($0, percents[$0] ?? []) }
    }

    private struct Scan: Hashable {
        let table: AssetName
        let rows: Fragment?
    }

    /// What a scan selects, each aggregate once, and where the aggregates of each question are.
    private struct Places {
        var source: Scan?
        var select: [Fragment] = []
        var of: [[Int]] = []

        init(_ questions: [Question]) {
            for question in questions {
                guard case .aggregates(let table, let rows, let wanted) = question.form else { continue }
                source = Scan(table: table, rows: rows)
                of.append(
                    wanted.map { aggregate in
                        if let place = select.firstIndex(of: aggregate.sql) { return place }
                        select.append(aggregate.sql)
                        return select.count - 1
                    })
            }
        }
    }
}

extension Reply {
    /// The same with other rows.
    fileprivate func map(_ change: (Answer) -> Answer) -> Reply {
        Reply(outcome: outcome.map(change), milliseconds: milliseconds)
    }
}
