import SuretyCore

/// A promise's week as a row of signs: one for each occurrence, or for each day where there are many.
struct ReportStrip: Hashable {
    /// One sign of it.
    struct Cell: Hashable {
        /// The day: `Tue`.
        let day: String
        /// What was due then: `Tue`, or `Tue 08:00` where more than one was.
        let label: String
        /// The sign, the worst of the day where a day is one cell.
        let sign: OutcomeSign
        /// What came of it: `late by 38 min`, `22 of 24 kept`.
        let words: String
    }

    /// Its cells, in order.
    let cells: [Cell]
    /// Whether a cell is a whole day.
    let isByDay: Bool

    /// The week of a promise in at most so many cells, else a cell for each day.
    init(_ promise: WeeklyReport.PromiseLine, most: Int = 14) {
        let zone = promise.zone
        let dates = promise.occurrences.map { zone.civil(of: $0.deadline).date }
        isByDay = promise.occurrences.count > most
        if isByDay {
            cells = dates.unique().map { date in
                let records = zip(dates, promise.occurrences).filter { $0.0 == date }.map(\.1)
                return ReportStrip.cell(of: records, on: date)
            }
        } else {
            cells = zip(dates, promise.occurrences).map { date, record in
                let day = ReportDates.weekday(date)
                let isAlone = dates.count { $0 == date } == 1
                let time = ReportDates.clock(zone.civil(of: record.deadline).time)
                return Cell(
                    day: day, label: isAlone ? day : "\(day) \(time)", sign: OutcomeSign(record),
                    words: record.outcomeWords)
            }
        }
    }

    private static func cell(of records: [OccurrenceRecord], on date: CivilDate) -> Cell {
        let signs = records.map { OutcomeSign($0) }
        let worst = signs.min { $0.rank < $1.rank } ?? OutcomeSign(.unknown)
        let counts = WeeklyReport.Counts(records)
        let day = ReportDates.weekday(date)
        let words =
            counts.counted == 0
            ? "all \(counts.all) waived" : ReportAmounts.share(counts.kept, of: counts.counted, "kept")
        let isOpen = records.contains { $0.outcome == worst.outcome && !$0.isFinal }
        return Cell(day: day, label: day, sign: OutcomeSign(worst.outcome, isOpen: isOpen), words: words)
    }

    /// `● ● ✕ ▲ ◇`.
    var glyphs: String { cells.map(\.sign.glyph).joined(separator: " ") }

    /// `✓ ✓ ✕ ▲ ◇`.
    var marks: String { cells.map(\.sign.mark).joined(separator: " ") }

    /// What was not simply kept, in words: `Tue late by 38 min; Wed missed`.
    var words: String {
        let told = cells.filter { $0.sign.outcome != .kept }
        guard !cells.isEmpty else { return "nothing was due" }
        guard !told.isEmpty else { return isByDay ? "all \(cells.count) days kept" : "all kept" }
        let most = 3
        let texts = told.prefix(most).map { "\($0.label) \($0.words)" }
        let rest = told.count > most ? "; and \(told.count - most) more" : ""
        return texts.joined(separator: "; ") + rest
    }

    /// Every cell in words, for who cannot see the signs.
    var spelled: String { cells.map { "\($0.label) \($0.words)" }.joined(separator: ", ") }

    /// What the worst of it says.
    var tone: Style.Tone { cells.map(\.sign).min { $0.rank < $1.rank }?.tone ?? .quiet }
}

extension OccurrenceRecord {
    /// `late by 38 min`, `late, still open`, `missed`.
    var outcomeWords: String {
        guard outcome == .late, let margin = marginSeconds, margin < 0 else { return OutcomeSign(self).word }
        return "late by \(ReportAmounts.duration(margin))" + (isFinal ? "" : ", still open")
    }
}
