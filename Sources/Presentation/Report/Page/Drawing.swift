/// An inline SVG that says in words what it shows.
struct Drawing {
    private let name: String
    private let width: Double
    private let height: Double
    private let title: String
    private let description: String
    private var shapes = ""

    /// An empty drawing, named as its class in the style sheet.
    init(_ name: String, width: Double, height: Double, title: String, description: String) {
        self.name = name
        self.width = width
        self.height = height
        self.title = title
        self.description = description
    }

    /// What is filled and what is drawn, as the style sheet knows it.
    enum Look: String {
        case ink, paper, line, cut, faint, deadline
    }

    /// Adds a rectangle.
    mutating func rectangle(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ look: Look, corner: Double = 3,
        isDashed: Bool = false
    ) {
        add(
            "rect",
            "x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" height=\"\(number(height))\" "
                + "rx=\"\(number(corner))\"" + dashes(isDashed), look)
    }

    /// Adds a circle.
    mutating func circle(_ x: Double, _ y: Double, _ radius: Double, _ look: Look) {
        add("circle", "cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\"", look)
    }

    /// Adds lines through points, each list of them a line of its own.
    mutating func lines(
        _ lines: [[(Double, Double)]], _ look: Look, isClosed: Bool = false, isDashed: Bool = false
    ) {
        let path = lines.map { points in
            points.enumerated().map { index, point in
                "\(index == 0 ? "M" : "L")\(number(point.0)) \(number(point.1))"
            }.joined() + (isClosed ? "Z" : "")
        }.joined()
        add("path", "d=\"\(path)\"" + dashes(isDashed), look)
    }

    /// Where a text begins, or ends, or has its middle.
    enum Anchor: String {
        case start, middle, end
    }

    /// Adds a text.
    mutating func text(_ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start) {
        shapes +=
            "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor.rawValue)\">"
            + Markup.escaped(text) + "</text>"
    }

    /// Adds shapes in the colour of a class of the style sheet.
    mutating func colour(_ name: String, _ draw: (inout Drawing) -> Void) {
        shapes += "<g class=\"\(name)\">"
        draw(&self)
        shapes += "</g>"
    }

    /// The element.
    var markup: String {
        "<svg class=\"\(name)\" role=\"img\" width=\"\(number(width))\" height=\"\(number(height))\" "
            + "viewBox=\"0 0 \(number(width)) \(number(height))\"><title>\(Markup.escaped(title))</title>"
            + "<desc>\(Markup.escaped(description))</desc>\(shapes)</svg>"
    }

    private mutating func add(_ element: String, _ attributes: String, _ look: Look) {
        shapes += "<\(element) class=\"\(look.rawValue)\" \(attributes)/>"
    }

    private func dashes(_ isDashed: Bool) -> String { isDashed ? " stroke-dasharray=\"3 2\"" : "" }

    private func number(_ value: Double) -> String { ReportAmounts.decimal(value) }
}
