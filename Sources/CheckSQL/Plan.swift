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
    }

    let form: Form

    /// Aggregates that may share a scan.
    static func aggregates(of table: AssetName, rows: Fragment?, _ select: [Aggregate]) -> Question {
        Question(form: .aggregates(of: table, rows: rows, select))
    }

    /// A query of its own.
    static func own(_ sql: Fragment) -> Question { Question(form: .own(sql)) }

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
    /// Judges the answers, in the order of the questions.
    var judge: ([Answer]) throws(Misfit) -> CheckResult
    /// Asks for rows that break the rule, and the columns that it gives.
    var samples: Samples?
    /// The rows that break the rule, where a condition tells which they are.
    var broken: BrokenRows?
    /// Asks for a row that a proof is about; nil where nothing is proved.
    var witness: Witness?

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

/// A query for rows that break a rule.
struct Samples {
    let columns: [String]
    let query: Fragment
}

/// Reads the numbers of an answer.
struct AnswerReader {
    let answers: [Answer]

    /// A count; NULL, as the sum of nothing, is 0.
    func count(_ question: Int, _ column: Int) throws(Misfit) -> Int64 {
        guard let text = try text(question, column) else { return 0 }
        if let number = Int64(text) { return number }
        // Sums of counts come as decimals from some functions.
        guard let exact = ExactNumber(text), let number = Int64(exact.rounded(to: 0).description) else {
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
