import SuretyCore

/// Plans `fresh`.
struct FreshPlanner {
    let terms: Terms
    let filter: Fragment?
    let scope: CheckScope

    func plan(
        _ name: String
    ) throws(Misfit) -> (questions: [Question], measure: ([Answer]) throws(Misfit) -> FreshnessMeasurement) {
        let column = try terms.column(name)
        guard column.kind.isTemporal || column.kind == .untyped else {
            throw Misfit("\(name) is \(column.type), which is not a point in time")
        }
        let value = ValueExpression(terms: terms, column: column, function: .max)
        let present: Fragment = "\(identifier: name) IS NOT NULL"
        let future = try terms.compare(column, .greater, instant: terms.latest)
        let known: Fragment = .all([filter, present, try value.finite(), "NOT (\(future))"])
        let question = Question.aggregates(
            of: terms.table.name, rows: try terms.condition(scope),
            [.count([filter, present]), .count([filter, present, future])] + (try value.select(rows: known)))
        return (
            [question],
            { answers throws(Misfit) in
                let reader = AnswerReader(answers: answers)
                let newest = try value.read(reader)
                return FreshnessMeasurement(
                    looked: try reader.count(0, 0), newest: try newest.map(happened),
                    newestText: newest?.text(in: terms.zone),
                    future: try reader.count(0, 1))
            }
        )
    }

    /// When a value happened, in microseconds; a date at the end of that day.
    private func happened(_ value: Measured) throws(Misfit) -> Int64 {
        switch value {
        case .instant(let microseconds): return microseconds
        case .date(let date):
            return terms.zone.instant(of: CivilDateTime(date.adding(days: 1))).milliseconds * 1000
        case .text(let text):
            if let date = CivilDate(text) { return try happened(.date(date)) }
            if let instant = StoredTime.instant(text, in: terms.zone) { return instant.milliseconds * 1000 }
            throw Misfit("\(text) is no time", "22007")
        case .number, .quotient, .root, .length, .timeOfDay: throw Misfit("that is no point in time", "22007")
        }
    }
}
