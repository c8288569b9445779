import SuretyCore

/// What the planning of every check of a round needs: the table as it is, the slice, the zone and the dialect.
struct Terms {
    let dialect: Dialect
    let asset: Asset
    let table: TableInfo
    let slice: Slice
    let context: CheckContext

    /// The zone of dates and of wall times.
    var zone: Zone { asset.interval?.cadence.zone ?? context.zone }
    /// The present date.
    var today: CivilDate { zone.civil(of: context.now).date }
    /// The last instant that does not count as the future.
    var latest: Instant { context.now.adding(seconds: 300) }

    /// The same terms for another table, which has its own interval column.
    func terms(for other: TableInfo, interval: IntervalRule?) -> Terms {
        var asset = Asset(name: other.name, location: asset.location)
        asset.interval = interval
        var context = context
        context.zone = zone
        return Terms(dialect: dialect, asset: asset, table: other, slice: slice, context: context)
    }

    /// The column with a name; refuses one that is not there, with the nearest that is.
    func column(_ name: String) throws(Misfit) -> CheckedColumn {
        guard let column = table.column(name) else {
            let near = table.columns.map(\.name).nearest(to: name).map { ". Did you mean \"\($0)\"?" } ?? ""
            throw Misfit("there is no column \"\(name)\" in \(table.name)\(near)", "42703")
        }
        return CheckedColumn(
            name: name, type: column.type, baseType: column.baseType, kind: ColumnKind(column, dialect))
    }

    /// Columns with names, all of which are there.
    func columns(_ names: [String]) throws(Misfit) -> [CheckedColumn] {
        var result: [CheckedColumn] = []
        for name in names { result.append(try column(name)) }
        return result
    }

    /// What a value means now, as a point in time.
    func point(_ value: CheckValue) throws(Misfit) -> PointInTime? {
        switch value {
        case .literal(.date(let date)): .date(date)
        case .literal(.dateTime(let civil, let milliseconds, let offset)):
            .instant(instant(civil, milliseconds, offset))
        case .literal(.number), .literal(.text), .literal(.word), .percent, .period, .column: nil
        case .intervalStart: .instant(try interval().start)
        case .intervalEnd: .instant(try interval().end)
        case .today: .date(today)
        case .yesterday: .date(today.adding(days: -1))
        case .now: .instant(context.now)
        }
    }

    /// A point in time that a value means.
    enum PointInTime: Hashable {
        case date(CivilDate)
        case instant(Instant)
    }

    private func instant(_ civil: CivilDateTime, _ milliseconds: Int, _ offset: Int?) -> Instant {
        let base = offset.map { Instant(milliseconds: civil.millisecondsAsUTC - Int64($0) * 1000) }
        return (base ?? zone.instant(of: civil)).adding(milliseconds: Int64(milliseconds))
    }

    private func interval() throws(Misfit) -> DataInterval {
        guard let interval = slice.interval else {
            throw Misfit("the whole table has no interval start or end", nil)
        }
        return interval
    }

    /// What a metric is compared with, known.
    func bound(_ comparison: Comparison) throws(Misfit) -> BoundComparison {
        switch comparison {
        case .compare(let comparator, let value): .compare(comparator, try bound(value))
        case .between(let low, let high): .between(try bound(low), try bound(high))
        case .notBetween(let low, let high): .notBetween(try bound(low), try bound(high))
        }
    }

    private func bound(_ value: CheckValue) throws(Misfit) -> Bound {
        switch value {
        case .literal(.number(let text)): return .number(try number(text))
        case .literal(.text(let text)), .literal(.word(let text)): return .text(text)
        case .percent(let text): return .percent(try number(text))
        case .period(let period): return .length(ExactNumber(period.seconds))
        case .column(let name): throw Misfit("a metric is not compared with the column \"\(name)\"")
        case .literal(.date), .literal(.dateTime), .intervalStart, .intervalEnd, .today, .yesterday, .now:
            switch try point(value) {
            case .date(let date): return .date(date)
            case .instant(let instant): return .instant(instant)
            case nil: throw Misfit("it is compared with something that is no value")
            }
        }
    }

    func number(_ text: String) throws(Misfit) -> ExactNumber {
        guard let number = ExactNumber(text) else {
            throw Misfit("there is a text where a number is wanted", "22P02")
        }
        return number
    }
}

extension [String] {
    /// The element that a misspelt name most likely means; nil if none is near.
    fileprivate func nearest(to name: String) -> String? {
        let wanted = [Character](name.lowercased())
        let ranked = map { ($0, editDistance(wanted, [Character]($0.lowercased()))) }
        return ranked.filter { $0.1 <= Swift.max(1, name.count / 3) }.min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
    }
}

/// How many characters must be put in, left out or replaced to make one text of the other.
private func editDistance(_ one: [Character], _ other: [Character]) -> Int {
    var row = Array(0...other.count)
    for (index, character) in one.enumerated() {
        var diagonal = row[0]
        row[0] = index + 1
        for (offset, candidate) in other.enumerated() {
            let replaced = diagonal + (character == candidate ? 0 : 1)
            diagonal = row[offset + 1]
            row[offset + 1] = min(replaced, row[offset] + 1, diagonal + 1)
        }
    }
    return row[other.count]
}
