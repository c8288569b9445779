import SuretyCore

/// What is kept of each part of a table, and how an aggregate of the whole follows from it.
struct Merge: Hashable {
    /// One value of a part.
    struct Column: Hashable {
        let sql: Fragment
        let rule: Rule

        init(_ sql: Fragment, _ rule: Rule) {
            self.sql = sql
            self.rule = rule
        }
    }

    /// How values of two parts become one.
    enum Rule: Hashable {
        case added
        case least(Order)
        case greatest(Order)
    }

    /// How values are ordered.
    enum Order: Hashable {
        case number
        case double
        case bytes
    }

    /// What the values of the whole say.
    enum Outcome: Hashable {
        /// The first of them.
        case first
        /// That nothing is above a limit, where the first of them is not.
        case noneAbove(Int64)
        /// The mean or the deviation of numbers of which they are the count, the sum and the sum of the squares.
        case moments(ValueFunction, ColumnKind)
    }

    let columns: [Column]
    let outcome: Outcome

    init(_ columns: [Column], _ outcome: Outcome = .first) {
        self.columns = columns
        self.outcome = outcome
    }

    /// The aggregate of the whole as the warehouse would print it.
    enum Value: Hashable {
        case known(String?)
        /// The rows have to be read.
        case unknown
    }

    /// The aggregate that follows from values of the whole, one for each column.
    func value(_ values: [String?]) throws(Misfit) -> Value {
        switch outcome {
        case .first: return .known(values[0])
        case .noneAbove(let limit):
            guard let text = values[0] else { return .known("0") }
            guard let number = Int64(text), number <= limit else { return .unknown }
            return .known("0")
        case .moments(let function, let kind):
            guard let count = values[0], let sum = values[1] else { return .known(nil) }
            guard ExactNumber(sum) != nil else { return .known("NaN") }
            let moments = try Moments(
                [count, sum, values.count > 2 ? values[2] ?? "0" : "0"].joined(separator: " "))
            switch moments.measured(function, kind) {
            case nil: return .known(nil)
            case .number(_, let text)?, .quotient(_, _, let text)?, .root(_, _, let text)?:
                return .known(text)
            case .text?, .date?, .instant?, .length?, .timeOfDay?: return .unknown
            }
        }
    }
}

extension Merge.Rule {
    /// One value of two; NULL is the value of no rows.
    func merged(_ one: String?, _ other: String?) throws(Misfit) -> String? {
        guard let one, let other else { return one ?? other }
        switch self {
        case .added:
            // What is NaN or infinite spoils every sum.
            if Merge.isOdd(one) || Merge.isOdd(other) { return "NaN" }
            return (try exact(one) + exact(other)).description
        case .least(let order): return try order.isAscending(one, other) ? one : other
        case .greatest(let order): return try order.isAscending(one, other) ? other : one
        }
    }
}

extension Merge.Order {
    func isAscending(_ one: String, _ other: String) throws(Misfit) -> Bool {
        switch self {
        case .number, .double:
            if Merge.isOdd(one) || Merge.isOdd(other) { return Merge.rank(one) < Merge.rank(other) }
            if self == .double { return (Double(one) ?? .nan) < (Double(other) ?? .nan) }
            return try exact(one) < exact(other)
        case .bytes: return one.utf8.lexicographicallyPrecedes(other.utf8)
        }
    }
}

extension Merge {
    /// Where odd numbers stand below and above all others.
    private static let ranks = ["-Infinity": -1, "Infinity": 1, "NaN": 2]

    fileprivate static func isOdd(_ text: String) -> Bool { ranks[text] != nil }
    fileprivate static func rank(_ text: String) -> Int { ranks[text] ?? 0 }
}

private func exact(_ text: String) throws(Misfit) -> ExactNumber {
    guard let number = ExactNumber(text) else {
        throw Misfit("the warehouse kept \(text) for a number", "22P02")
    }
    return number
}
