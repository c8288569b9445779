import SuretyCore

/// Plans `fresh`.
struct FreshPlanner {
    let terms: Terms
    let filter: Fragment?
    let scope: CheckScope

    /// What is asked, and what the answers mean.
    struct Asked {
        let questions: [Question]
        /// What is asked once those are answered, where the answers do not tell all.
        var further: ([Answer]) throws(Misfit) -> [Question] = { _ throws(Misfit) in [] }
        let measure: ([Answer]) throws(Misfit) -> FreshnessMeasurement
    }

    func plan(_ name: String) throws(Misfit) -> Asked {
        let column = try terms.column(name)
        guard column.kind.isTemporal || column.kind == .untyped else {
            throw Misfit("\(name) is \(column.type), which is not a point in time")
        }
        let value = ValueExpression(terms: terms, column: column, function: .max)
        let rows = try terms.condition(scope)
        if let index = IndexedExtreme(value, rows: rows, filter: filter) {
            return Asked(questions: [.own(try index.newest(before: terms.latest))]) {
                answers throws(Misfit) in
                try measurement(AnswerReader(answers: answers), value, looked: nil)
            }
        }
        let present: Fragment = "\(identifier: name) IS NOT NULL"
        let future = try terms.compare(column, .greater, instant: terms.latest)
        let known: Fragment = .all([filter, present, try value.finite(), "NOT (\(future))"])
        let exact = Question.aggregates(
            of: terms.table.name, rows: rows,
            [.count(of: name, filter), Aggregate(.count([filter, present, future]))]
                + (try value.select(rows: known).map { Aggregate($0.sql) }))
        func measured(_ answer: Answer) throws(Misfit) -> FreshnessMeasurement {
            let reader = AnswerReader(answers: [answer])
            return try measurement(reader, value, looked: try reader.count(0, 0))
        }
        guard terms.dialect == .postgres, let limit = value.latestMoment, let greatest = value.moment(filter)
        else {
            return Asked(questions: [exact]) { answers throws(Misfit) in try measured(answers[0]) }
        }
        let newest = Aggregate(greatest, merge: value.mergeOfExtreme(greatest))
        /// Whether the greatest value is the newest one: neither in the future nor infinite.
        func tells(_ answer: Answer) throws(Misfit) -> Bool {
            guard let text = try AnswerReader(answers: [answer]).text(0, 1) else { return true }
            return Int64(text).map { $0 <= limit && $0 != -Int64.max } ?? false
        }
        return Asked(
            questions: [.aggregates(of: terms.table.name, rows: rows, [.count(of: name, filter), newest])],
            further: { answers throws(Misfit) in try tells(answers[0]) ? [] : [exact] },
            measure: { answers throws(Misfit) in
                guard try tells(answers[0]) else { return try measured(answers[1]) }
                // The same columns, with none in the future.
                return try measured(answers[0].map { [$0[0], "0", $0[1]] })
            })
    }

    /// What an answer of counts and the newest value says; without a count there are values if any was found.
    private func measurement(
        _ reader: AnswerReader, _ value: ValueExpression, looked: Int64?
    ) throws(Misfit) -> FreshnessMeasurement {
        let newest = try value.read(reader)
        let future = try reader.count(0, 1)
        return FreshnessMeasurement(
            looked: looked ?? (newest == nil && future == 0 ? 0 : nil), newest: try newest.map(happened),
            newestText: terms.asset.isPrivate(value.column.name) ? nil : newest?.text(in: terms.zone),
            future: future)
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
            throw Misfit("there is a text that is no time", "22007")
        case .number, .quotient, .root, .length, .timeOfDay: throw Misfit("that is no point in time", "22007")
        }
    }
}
