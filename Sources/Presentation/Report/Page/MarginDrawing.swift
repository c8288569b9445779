/// The margins of a promise's last occurrences, as a line against its deadline.
struct MarginDrawing {
    private let name: String
    private let margins: [Double]
    private let low: Double
    private let high: Double

    /// A drawing of some margins in seconds, oldest first; nil where there is none.
    init?(of name: String, _ margins: [Double]) {
        guard let least = margins.min(), let most = margins.max() else { return nil }
        self.name = name
        self.margins = margins
        // The deadline is always in the picture, and the picture is never flat.
        self.low = min(0, least)
        self.high = max(0, most, self.low + 60)
    }

    private var spelled: String {
        let range =
            "from \(ReportAmounts.margin(margins.min() ?? 0)) to \(ReportAmounts.margin(margins.max() ?? 0))"
        let last = margins.last.map { ", the last one \(ReportAmounts.margin($0))" } ?? ""
        return "The last \(ReportAmounts.count(margins.count, "margin")), oldest first, \(range)\(last). "
            + "The dashed line is the deadline."
    }

    /// A small line without words, 120 by 24.
    var sparkline: String {
        var drawing = Drawing(
            "sparkline", width: 120, height: 24, title: "Margins of \(name)", description: spelled)
        let points = points(left: 4, top: 3, right: 116, bottom: 21)
        let zero = height(0, top: 3, bottom: 21)
        drawing.lines([[(0, zero), (120, zero)]], .deadline, isDashed: true)
        drawing.lines([points], .line)
        if let last = points.last { drawing.circle(last.0, last.1, 2.5, .ink) }
        return drawing.markup
    }

    /// A chart with its scale: late ones are triangles below the line of the deadline.
    var chart: String {
        var drawing = Drawing(
            "chart", width: 640, height: 170, title: "Margins of \(name)", description: spelled)
        let (left, right, top, bottom) = (120.0, 628.0, 12.0, 140.0)
        let zero = height(0, top: top, bottom: bottom)
        drawing.lines([[(left, top), (left, bottom)]], .faint)
        drawing.lines([[(left, zero), (right, zero)]], .deadline, isDashed: true)
        drawing.text("deadline", left - 8, zero + 4, .end)
        if zero - top > 14 { drawing.text(ReportAmounts.margin(high), left - 8, top + 4, .end) }
        if bottom - zero > 14 { drawing.text(ReportAmounts.margin(low), left - 8, bottom + 4, .end) }
        let points = points(left: left + 12, top: top, right: right - 6, bottom: bottom)
        drawing.lines([points], .faint)
        for (point, margin) in zip(points, margins) {
            drawing.colour(margin < 0 ? "late" : "kept") { drawing in
                let (x, y) = point
                if margin < 0 {
                    drawing.lines([[(x, y - 5), (x + 5, y + 4), (x - 5, y + 4)]], .ink, isClosed: true)
                } else {
                    drawing.circle(x, y, 4, .ink)
                }
            }
        }
        drawing.text("oldest", left + 4, 162)
        drawing.text("newest", right, 162, .end)
        return drawing.markup
    }

    private func points(left: Double, top: Double, right: Double, bottom: Double) -> [(Double, Double)] {
        let step = margins.count > 1 ? (right - left) / Double(margins.count - 1) : 0
        return margins.enumerated().map { index, margin in
            (
                margins.count > 1 ? left + Double(index) * step : (left + right) / 2,
                height(margin, top: top, bottom: bottom)
            )
        }
    }

    private func height(_ margin: Double, top: Double, bottom: Double) -> Double {
        bottom - (margin - low) / (high - low) * (bottom - top)
    }
}
