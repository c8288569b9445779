import SuretyCore

/// One thing to ask of the warehouse.
struct Question: Hashable {
    /// How it is asked.
    enum Form: Hashable {
        /// Aggregates of the rows of a table that meet a condition; they share a scan with others of the same rows.
        case aggregates(of: AssetName, rows: Fragment?, [Aggregate])
        /// The values nearest to a percentile; they share a sort with others of the same values.
        case nearest(NearestValues, percent: Int)
        /// A query of its own.
        case own(Fragment)
        /// A query that shows rows besides, and the same without them.
        case showing(Fragment, without: Fragment)
    }

    let form: Form

    /// Aggregates that may share a scan.
    static func aggregates(of table: AssetName, rows: Fragment?, _ select: [Aggregate]) -> Question {
        Question(form: .aggregates(of: table, rows: rows, select))
    }

    /// The values nearest to a percentile, which may share a sort.
    static func nearest(_ values: NearestValues, _ percent: Int) -> Question {
        Question(form: .nearest(values, percent: percent))
    }

    /// A query of its own.
    static func own(_ sql: Fragment) -> Question { Question(form: .own(sql)) }

    /// A query of its own that shows rows, and one that does not, for where they may not be read or have no order.
    static func showing(_ sql: Fragment, without: Fragment) -> Question {
        Question(form: .showing(sql, without: without))
    }

    /// The same, such that all rows are read for it.
    var read: Question {
        guard case .aggregates(let table, let rows, let select) = form else { return self }
        return .aggregates(of: table, rows: rows, select.map { Aggregate($0.sql) })
    }

    /// One scan for aggregates of the same rows.
    static func scan(_ table: AssetName, _ rows: Fragment?, _ select: [Fragment]) -> Fragment {
        let condition: Fragment = rows.map { "\nWHERE \($0)" } ?? ""
        return "SELECT \(.joined(select, by: ",\n  "))\nFROM \(table: table)\(condition)"
    }
}

/// The rows that answered one question, as text.
typealias Answer = [[String?]]

/// What will be asked for one check, and what its answers mean.
struct Plan {
    /// What is asked; nothing for checks that are settled without.
    var questions: [Question] = []
    /// What is asked once those are answered, where the answers do not tell all.
    var further: ([Answer]) throws(Misfit) -> [Question] = { _ throws(Misfit) in [] }
    /// Judges the answers, in the order of the questions, those to further ones last.
    var judge: ([Answer]) throws(Misfit) -> CheckResult
    /// The rows from which the answers follow.
    var basis = Basis.elsewhere
    /// Asks for rows that break the rule, and the columns that it gives.
    var samples: Samples?
    /// The rows that break the rule, where a condition tells which they are.
    var broken: BrokenRows?
    /// Asks for a row that a proof is about; nil where nothing is proved.
    var witness: Witness?

    /// What is asked once these replies are there; nothing where one of them is a failure.
    func further(after replies: [Reply]) -> [Question] {
        var answers: [Answer] = []
        for reply in replies {
            guard case .success(let answer) = reply.outcome else { return [] }
            answers.append(answer)
        }
        // What cannot be read is told when it is judged.
        return (try? further(answers)) ?? []
    }

    /// A result that needs no asking.
    static func settled(_ result: CheckResult) -> Plan {
        Plan(judge: { _ throws(Misfit) in result })
    }
}

/// A query for any row that a proof is about.
struct Witness {
    let query: Fragment
    /// Whether a pass without such a row is vacuous, as it is when rows are read.
    let isVacuousWithout: Bool
}

/// Rows that break a rule.
struct Samples {
    /// Where they come from.
    enum Source {
        /// A query gives up to five.
        case query(Fragment)
        /// An answer to the check gave them already.
        case answer(ShownRows)
    }

    let columns: [String]
    let source: Source
}

/// Reads the numbers of an answer.
struct AnswerReader {
    let answers: [Answer]

    /// A count; NULL, as the sum of nothing, is 0.
    func count(_ question: Int, _ column: Int) throws(Misfit) -> Int64 {
        guard let text = try text(question, column) else { return 0 }
        // Sums of counts come as decimals from some functions.
        let number = Int64(text) ?? ExactNumber(text).flatMap { Int64($0.rounded(to: 0).description) }
        // More rows than this no table has; what was kept may have been tampered with.
        guard let number, (0..<1 << 48).contains(number) else {
            throw Misfit("the warehouse gave \(text) for a count", "22P02")
        }
        return number
    }

    /// A value as text.
    func text(_ question: Int, _ column: Int) throws(Misfit) -> String? {
        guard answers.indices.contains(question), let row = answers[question].first,
            row.indices.contains(column)
        else { throw Misfit("the warehouse gave no row for an aggregate", nil) }
        return row[column]
    }
}
