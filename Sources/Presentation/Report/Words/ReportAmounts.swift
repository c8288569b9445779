/// Numbers as a report says them: counts first, no percentage of fewer than 20.
enum ReportAmounts {
    /// The least number of which a percentage is said.
    static let leastForPercentage = 20

    /// `4 of 5 kept`; from 20 on with the percentage, `57 of 60 kept (95%)`.
    static func share(_ part: Int, of whole: Int, _ what: String = "") -> String {
        let text = "\(part) of \(whole)" + (what.isEmpty ? "" : " \(what)")
        guard whole >= leastForPercentage else { return text }
        return "\(text) (\(percentage(part, of: whole)))"
    }

    /// A percentage with at most one decimal, which is 100 for all and 0 for none only.
    private static func percentage(_ part: Int, of whole: Int) -> String {
        var tenths = (Double(part) * 1000 / Double(whole)).rounded()
        if part < whole { tenths = min(tenths, 999) }
        if part > 0 { tenths = max(tenths, 1) }
        return decimal(tenths / 10) + "%"
    }

    /// `1 message`, `3 messages`.
    static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        "\(number) \(number == 1 ? one : many ?? one + "s")"
    }

    /// `once`, `twice`, `3 times`.
    static func times(_ number: Int) -> String {
        switch number {
        case 1: "once"
        case 2: "twice"
        case _: "\(number) times"
        }
    }

    /// `a`, `a and b`, `a, b and c`.
    static func list(_ texts: [String]) -> String {
        guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
        return "\(texts.dropLast().joined(separator: ", ")) and \(last)"
    }

    /// A duration of whole seconds: `25 s`, `38 min`, `3 h 05 min`, `4 d 2 h`.
    static func duration(_ seconds: Double) -> String {
        let whole = abs(seconds.rounded())
        if whole < 90 { return "\(Int(whole)) s" }
        if whole < 172_800 { return RunText.duration(seconds: whole) }
        let hours = Int((whole / 3600).rounded())
        return "\(hours / 24) d \(hours % 24) h"
    }

    /// How far from a deadline: `19 min early`, `38 min late`.
    static func margin(_ seconds: Double) -> String {
        "\(duration(seconds)) \(seconds < 0 ? "late" : "early")"
    }

    /// The median; nil of nothing.
    static func median(_ values: [Double]) -> Double? {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return nil }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// `median 1 min, worst 3 min (n 4)`; nil of nothing.
    static func spread(_ values: [Double]) -> String? {
        guard let median = median(values), let worst = values.max() else { return nil }
        guard values.count > 1 else { return "\(duration(worst)) (n 1)" }
        return "median \(duration(median)), worst \(duration(worst)) (n \(values.count))"
    }

    /// Between which shares the true one lies, with 95 % confidence, after Wilson: `85.2% to 97.6%`; nil below 20.
    static func confidence(_ part: Int, of whole: Int) -> String? {
        guard whole >= leastForPercentage else { return nil }
        let count = Double(whole)
        let share = Double(part) / count
        let score = 1.96
        let middle = share + score * score / (2 * count)
        let spread = score * (share * (1 - share) / count + score * score / (4 * count * count)).squareRoot()
        let scale = 1 + score * score / count
        let low = max(0, (middle - spread) / scale)
        let high = min(1, (middle + spread) / scale)
        return "\(decimal(low * 100))% to \(decimal(high * 100))%"
    }

    /// A number with at most one decimal.
    static func decimal(_ number: Double) -> String {
        let tenths = Int((abs(number) * 10).rounded())
        let text = tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
        return number < 0 && tenths > 0 ? "-\(text)" : text
    }
}
