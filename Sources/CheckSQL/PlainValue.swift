import SuretyCore

/// A value of a column, asked without a look at each row whether its value is finite: sums, means and deviations are NaN or
/// infinite where one of the values is, and the least and the greatest value tell of the others.
///
/// Where something is odd the value has to be asked again, of the finite values alone.
struct PlainValue {
    private let expression: ValueExpression
    private let filter: Fragment?

    /// Nil on the embedded warehouse, where numbers may be texts.
    init?(_ expression: ValueExpression, filter: Fragment?) {
        guard expression.terms.dialect == .postgres else { return nil }
        self.expression = expression
        self.filter = filter
    }

    /// Whether a value may be NaN or infinite.
    private var mayBeOdd: Bool {
        switch expression.column.kind {
        case .numeric, .real, .double, .date, .timestamp, .timestamptz: true
        case .integer, .text, .boolean, .time, .length, .uuid, .other, .opaque, .untyped: false
        }
    }

    /// How many values there are, and what tells the value.
    func select() throws(Misfit) -> [Aggregate] {
        let count = Aggregate.count(of: expression.column.name, filter)
        switch expression.function {
        case .sum, .avg, .stddev: return [count] + (try expression.select(rows: filter))
        case .min, .max:
            return [count] + (mayBeOdd ? [try end(.min), try end(.max)] : [try end(expression.function)])
        case .percentile:
            guard mayBeOdd else { return [count] }
            guard case .numeric = expression.column.kind else {
                return [count, try end(.min), try end(.max)]
            }
            // It often shares a scan with sums. Sums of floating-point numbers may become too large.
            let sum = ValueExpression(terms: expression.terms, column: expression.column, function: .sum)
            return [count] + (try sum.select(rows: filter))
        }
    }

    private func end(_ function: ValueFunction) throws(Misfit) -> Aggregate {
        let end = ValueExpression(terms: expression.terms, column: expression.column, function: function)
        if let moment = end.moment(filter) { return Aggregate(moment, merge: end.mergeOfExtreme(moment)) }
        return try end.select(rows: filter)[0]
    }

    /// How many values there are and the value, after `select`'s columns; nil where something is odd.
    func read(_ answer: Answer) throws(Misfit) -> (count: Int64, value: Measured?)? {
        let reader = AnswerReader(answers: [answer])
        let count = try reader.count(0, 0)
        let values = answer.first?.dropFirst() ?? []
        if mayBeOdd {
            guard !values.contains(where: { $0.map(isOdd) ?? false }) else { return nil }
            // The deviation of one value is NULL, whatever the value.
            if expression.function == .stddev, count == 1 { return nil }
        }
        switch expression.function {
        case .percentile: return (count, nil)
        case .sum, .avg, .stddev, .min, .max: break
        }
        let place = expression.function == .max && mayBeOdd ? 1 : 0
        let row = ["\(count)", "0"] + values.dropFirst(place)
        return (count, try expression.read(AnswerReader(answers: [[row]])))
    }

    private func isOdd(_ text: String) -> Bool {
        expression.column.kind.isTemporal
            ? Int64(text).map { abs($0) == Int64.max } ?? true : ExactNumber(text) == nil
    }
}

extension CheckedColumn {
    /// The digits before and after the point that every number of the column has at most; nil where none are declared, or
    /// so many that a whole number of 64 bits does not hold them.
    var precision: (digits: Int, scale: Int)? {
        let arguments = TypeName(baseType).arguments
        guard case .numeric = kind, arguments.count == 2, (1...18).contains(arguments[0]),
            (0...arguments[0]).contains(arguments[1])
        else { return nil }
        return (arguments[0], arguments[1])
    }
}
