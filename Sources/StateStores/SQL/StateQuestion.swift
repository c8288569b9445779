import Engine
import SuretyCore

/// A question to the state: one query, and how its rows are read.
struct StateQuestion<Answer: Sendable>: Sendable {
    /// The text, with placeholders `$1`, `$2`, ….
    let sql: String
    /// The values, the first for `$1`.
    let values: [StateValue]
    /// Reads the rows.
    let read: @Sendable ([StateRow]) throws(PortFailure) -> Answer

    /// A question.
    init(
        _ sql: String, _ values: [StateValue],
        read: @escaping @Sendable ([StateRow]) throws(PortFailure) -> Answer
    ) {
        self.sql = sql
        self.values = values
        self.read = read
    }
}

extension StateQuestion {
    /// A question whose answer is a list, one element for each row.
    static func list<Element: Sendable>(
        _ sql: String, _ values: [StateValue],
        each: @escaping @Sendable (StateRow) throws(PortFailure) -> Element
    ) -> Self where Answer == [Element] {
        StateQuestion(sql, values) { rows throws(PortFailure) in
            var elements: [Element] = []
            for row in rows { elements.append(try each(row)) }
            return elements
        }
    }
}
