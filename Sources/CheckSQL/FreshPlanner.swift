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
        let rows = try terms.condition(scope)
        if let index = IndexedExtreme(value, rows: rows, filter: filter) {
            return (
                [.own(try index.newest(before: terms.latest))],
                { answers throws(Misfit) in
                    try measurement(AnswerReader(answers: answers), value, looked: nil)
                }
            )
        }
        let present: Fragment = "\(identifier: name) IS NOT NULL"
        let future = try terms.compare(column, .greater, instant: terms.latest)
        let finite = try value.finite()
        let later = value.greatestMoment([filter, present]).map {
            Aggregate.countLater([filter, present, future], greatest: $0, limit: value.latestMoment)
        }
        let question = Question.aggregates(
            of: terms.table.name, rows: rows,
            [
                .count([filter, present]), later ?? Aggregate(.count([filter, present, future])),
                try newest(value, .all([filter, present, finite]), future),
            ])
        return (
            [question],
            { answers throws(Misfit) in
                let reader = AnswerReader(answers: answers)
                return try measurement(reader, value, looked: try reader.count(0, 0))
            }
        )
    }

    /// The newest of values that are not in the future: the newest of all as long as that is not.
    private func newest(
        _ value: ValueExpression, _ rows: Fragment, _ future: Fragment
    ) throws(Misfit) -> Aggregate {
        let known = try value.select(rows: .all([rows, "NOT (\(future))"]))[0]
        guard let limit = value.latestMoment else { return Aggregate(known.sql) }
        let all = try value.select(rows: rows)[0]
        return Aggregate(known.sql, merge: all.merge.map { Merge($0.columns, .firstUpTo(limit)) })
    }

    /// What an answer of counts and the newest value says; without a count there are values if any was found.
    private func measurement(
        _ reader: AnswerReader, _ value: ValueExpression, looked: Int64?
    ) throws(Misfit) -> FreshnessMeasurement {
        let newest = try value.read(reader)
        let future = try reader.count(0, 1)
        return FreshnessMeasurement(
            looked: looked ?? (newest == nil && future == 0 ? 0 : nil), newest: try newest.map(happened),
            newestText: newest?.text(in: terms.zone), future: future)
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
