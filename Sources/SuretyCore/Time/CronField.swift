/// The five fields of a cron expression, in their order.
public enum CronField: String, Hashable, Sendable, CaseIterable {
    case minute
    case hour
    case dayOfMonth = "day of month"
    case month
    case dayOfWeek = "day of week"

    /// The numbers that may be written; in `dayOfWeek` both 0 and 7 are Sunday.
    var range: ClosedRange<Int> {
        switch self {
        case .minute: 0...59
        case .hour: 0...23
        case .dayOfMonth: 1...31
        case .month: 1...12
        case .dayOfWeek: 0...7
        }
    }

    /// The names that may be written instead of numbers, the first of them being the range's first number.
    private var names: [String] {
        switch self {
        case .minute, .hour, .dayOfMonth: []
        case .month:
            ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        case .dayOfWeek: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
        }
    }

    /// The numbers that a field's text stands for, ascending; nil for a plain `*`.
    func values(of text: String) throws(CronError) -> [Int]? {
        if text == "*" { return nil }
        var found: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            found.formUnion(try values(ofPart: String(part), in: text))
        }
        if self == .dayOfWeek, found.remove(7) != nil { found.insert(0) }
        return found.sorted()
    }

    private func values(ofPart part: String, in text: String) throws(CronError) -> [Int] {
        guard !part.isEmpty else {
            throw CronError("`\(text)` has an empty element", in: self, hint: "Remove the extra comma.")
        }
        let halves = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = String(halves[0])
        let bounds = try bounds(of: whole)
        guard halves.count == 2 else { return Array(bounds) }
        guard let step = digits(Array(halves[1].utf8.prefix(5))[...]), step > 0, halves[1].utf8.count < 5
        else {
            throw CronError(
                "`\(part)` needs a step of at least 1 after the slash", in: self,
                hint: "Write for example `*/15`.")
        }
        guard whole == "*" || whole.contains("-") else {
            throw CronError(
                "`\(part)` has a step without a range", in: self,
                hint: "Write `\(whole)-\(steppedEnd)/\(step)`.")
        }
        // `*` of the weekdays is 0 to 6: Sunday once.
        let last = whole == "*" ? steppedEnd : bounds.upperBound
        return Array(stride(from: bounds.lowerBound, through: last, by: step))
    }

    private var steppedEnd: Int { self == .dayOfWeek ? 6 : range.upperBound }

    private func bounds(of text: String) throws(CronError) -> ClosedRange<Int> {
        if text == "*" { return range.lowerBound...steppedEnd }
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let low = try number(String(ends[0]), in: text)
        guard ends.count == 2 else { return low...low }
        var high = try number(String(ends[1]), in: text)
        // A range that ends on Sunday by name ends the week: `sat-sun`.
        if self == .dayOfWeek, high == 0, low > 0 { high = 7 }
        guard low <= high else {
            throw CronError(
                "`\(text)` runs backwards", in: self, hint: "Write two ranges separated by a comma.")
        }
        return low...high
    }

    private func number(_ text: String, in part: String) throws(CronError) -> Int {
        if let index = names.firstIndex(of: text.lowercased()) { return index + range.lowerBound }
        if text.utf8.count <= 4, let number = digits(Array(text.utf8)[...]) {
            guard range.contains(number) else {
                throw CronError(
                    "\(number) is out of range", in: self,
                    hint: "It must be \(range.lowerBound) to \(range.upperBound).")
            }
            return number
        }
        let allowed =
            names.isEmpty
            ? "`*`, numbers \(range.lowerBound) to \(range.upperBound), lists, ranges and steps"
            : "`*`, numbers \(range.lowerBound) to \(range.upperBound), names \(names[0]) to "
                + "\(names[names.count - 1]), lists, ranges and steps"
        throw CronError(
            "`\(text.isEmpty ? part : text)` is not understood", in: self, hint: "Allowed are \(allowed).")
    }
}
