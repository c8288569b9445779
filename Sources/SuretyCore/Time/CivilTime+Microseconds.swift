extension CivilTime {
    /// Microseconds since midnight of a time as a warehouse prints it, `09:30`, `09:30:15.25`, to `24:00:00`; nil if
    /// the text is none.
    public static func microseconds(of text: String) -> Int64? {
        guard let match = text.wholeMatch(of: /(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?/),
            let hour = Int64(match.1), let minute = Int64(match.2), minute < 60
        else { return nil }
        let second = match.3.flatMap { Int64($0) } ?? 0
        let decimals = match.4.map(String.init) ?? ""
        let fraction = Int64(decimals + String(repeating: "0", count: 6 - decimals.count)) ?? 0
        let micros = ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction
        return second < 60 && micros <= 86_400_000_000 ? micros : nil
    }
}
