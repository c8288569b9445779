import SuretyCore

extension OutcomeSign {
    /// The class of its colour in the style sheet.
    var colour: String {
        switch outcome {
        case .kept, .keptWithWarnings: "kept"
        case .late: "late"
        case .missed: "missed"
        case .waived: "waived"
        case .unknown: "unknown"
        }
    }

    /// Draws it as a square of this size; its pattern tells it apart without any colour.
    func draw(in drawing: inout Drawing, _ x: Double, _ y: Double, size: Double) {
        drawing.colour(colour) { drawing in
            let (left, top, right, bottom) = (x + 1, y + 1, x + size - 1, y + size - 1)
            let (middle, centre, inner) = (x + size / 2, y + size / 2, size - 2)
            switch outcome {
            case .kept: drawing.rectangle(left, top, inner, inner, .ink)
            case .keptWithWarnings:
                drawing.rectangle(left, top, inner, inner, .ink)
                drawing.circle(middle, centre, size / 7, .paper)
            case .late:
                drawing.rectangle(left, top, inner, inner, .line, isDashed: isOpen)
                drawing.lines(
                    [
                        [(left, centre), (middle, top)], [(left, bottom), (right, top)],
                        [(middle, bottom), (right, centre)],
                    ], .line)
            case .missed:
                drawing.rectangle(left, top, inner, inner, .ink)
                let arm = size / 5
                drawing.lines(
                    [
                        [(middle - arm, centre - arm), (middle + arm, centre + arm)],
                        [(middle - arm, centre + arm), (middle + arm, centre - arm)],
                    ], .cut)
            case .waived:
                drawing.lines(
                    [[(middle, top), (right, centre), (middle, bottom), (left, centre)]], .line,
                    isClosed: true)
            case .unknown:
                drawing.rectangle(left, top, inner, inner, .line, isDashed: true)
                drawing.text("?", middle, centre + 4, .middle)
            }
        }
    }

    /// The sign by itself, for a legend.
    var drawing: String {
        var drawing = Drawing("sign", width: 18, height: 18, title: word, description: "The sign of \(word).")
        draw(in: &drawing, 0, 0, size: 18)
        return drawing.markup
    }
}

extension ReportStrip {
    /// The week of a promise: a square for each cell, its day below it.
    func drawing(of name: String) -> String {
        let step = 24.0
        var drawing = Drawing(
            "strip", width: Double(max(1, cells.count)) * step + 4, height: 30, title: "Week of \(name)",
            description: cells.isEmpty ? "Nothing was due." : spelled)
        for (index, cell) in cells.enumerated() {
            let x = Double(index) * step + 4
            cell.sign.draw(in: &drawing, x, 0, size: 18)
            let isFirst = index == 0 || cells[index - 1].day != cell.day
            if isFirst { drawing.text(cell.day, x + 9, 28, .middle) }
        }
        return drawing.markup
    }
}
