import SuretyCore

extension CheckReader {
    /// `x`, `x within D`, `x latest [within D]` or `x last D`.
    mutating func need() throws(CheckSyntaxError) -> Need {
        scanner.want("an asset, schema.table")
        let run = scanner.run { !$0.properties.isWhitespace }
        guard let asset = AssetName(scanner.string(run)) else {
            guard !scanner.isAtEnd else { throw scanner.unexpected() }
            throw scanner.error("`\(scanner.found)` is no asset", hint: "Its name is schema.table")
        }
        scanner.move(to: run.upperBound)
        let reach = try reach()
        guard scanner.isAtEnd else { throw scanner.unexpected() }
        return Need(asset, reach)
    }

    private mutating func reach() throws(CheckSyntaxError) -> Need.Reach {
        if scanner.take("latest") {
            return .latest(within: scanner.take("within") ? try spokenDuration() : nil)
        }
        if scanner.take("last") { return .last(try spokenDuration()) }
        return .overlapping(within: scanner.take("within") ? try spokenDuration() : nil)
    }

    /// A duration, or one with its unit as a word: `30 days`.
    private mutating func spokenDuration() throws(CheckSyntaxError) -> Period {
        let start = scanner.position
        let digits = scanner.run(while: \.isDigit)
        scanner.move(to: digits.upperBound)
        var period: Period?
        if digits.upperBound < scanner.position, !digits.isEmpty, let word = scanner.peekWord(),
            let unit = CheckReader.units[word]
        {
            period = Period(scanner.string(digits) + unit.rawValue)
            _ = scanner.takeWord()
        } else {
            scanner.move(to: start)
            period = try duration()
        }
        guard let period, period.count > 0 else {
            throw scanner.error("a length of time stands here, such as 4d or 30 days", at: start)
        }
        return period
    }

    private static let units: [String: Period.Unit] = [
        "second": .second, "seconds": .second, "minute": .minute, "minutes": .minute, "hour": .hour,
        "hours": .hour, "day": .day, "days": .day, "week": .week, "weeks": .week,
    ]
}
