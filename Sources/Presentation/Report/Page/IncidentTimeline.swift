import SuretyCore

/// The incidents of a week as bars over its days.
enum IncidentTimeline {
    /// How many incidents are drawn.
    static let most = 30

    /// The drawing; nil where no incident was open.
    static func drawing(_ report: WeeklyReport) -> String? {
        let lines = report.incidents.prefix(most)
        guard !lines.isEmpty, report.from < report.to else { return nil }
        let height = 34.0 + Double(lines.count) * 22
        var drawing = Drawing(
            "timeline", width: 720, height: height, title: "Incidents of \(report.week)",
            description: lines.map { words($0, report) }.joined(separator: " "))
        days(report, height, in: &drawing)
        for (index, line) in lines.enumerated() {
            bar(line, report, y: 28 + Double(index) * 22, in: &drawing)
        }
        return drawing.markup
    }

    private static let left = 150.0
    private static let right = 710.0

    private static func place(_ instant: Instant, _ report: WeeklyReport) -> Double {
        let whole = Double(report.to.milliseconds(since: report.from))
        let share = Double(instant.milliseconds(since: report.from)) / whole
        return left + min(1, max(0, share)) * (right - left)
    }

    private static func days(_ report: WeeklyReport, _ height: Double, in drawing: inout Drawing) {
        let monday = report.zone.civil(of: report.from).date
        for day in 0..<7 {
            let date = monday.adding(days: day)
            let x = place(report.zone.startOfDay(date), report)
            drawing.lines([[(x, 18), (x, height - 4)]], .faint)
            drawing.text("\(ReportDates.weekday(date)) \(date.day)", x + 4, 13)
        }
    }

    private static func bar(
        _ line: WeeklyReport.IncidentLine, _ report: WeeklyReport, y: Double, in drawing: inout Drawing
    ) {
        let incident = line.incident
        let start = place(incident.openedAt, report)
        let end = place(incident.resolvedAt ?? min(report.generatedAt, report.to), report)
        drawing.text(Alert.cut(incident.id.rawValue.flattened, to: 20), 0, y + 10)
        drawing.colour(colour(incident.severity)) { drawing in
            let width = max(3, end - start)
            drawing.rectangle(start, y, width, 12, .ink, corner: 2)
            guard incident.status.isOpen else { return }
            // An arrow says that it goes on.
            drawing.lines([[(end, y - 1), (end + 8, y + 6), (end, y + 13)]], .ink, isClosed: true)
        }
    }

    private static func words(_ line: WeeklyReport.IncidentLine, _ report: WeeklyReport) -> String {
        let incident = line.incident
        let end = incident.resolvedAt.map { "to \(report.zone.words($0))" } ?? "still open"
        return "\(incident.id.rawValue.flattened) (\(incident.severity.rawValue)) from "
            + "\(report.zone.words(incident.openedAt)), \(end)."
    }

    private static func colour(_ severity: Severity) -> String {
        switch severity {
        case .critical, .high: "missed"
        case .warning: "late"
        case .info: "unknown"
        }
    }
}
