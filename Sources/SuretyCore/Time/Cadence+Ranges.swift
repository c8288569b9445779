extension Cadence {
    /// The labels of some intervals, ascending, those that follow one another as `A..B`.
    public func ranges(of intervals: some Sequence<DataInterval>) -> [String] {
        var ranges: [(first: DataInterval, last: DataInterval)] = []
        for interval in Set(intervals).sorted() {
            if let open = ranges.last, self.interval(before: interval) == open.last {
                ranges[ranges.count - 1].last = interval
            } else {
                ranges.append((interval, interval))
            }
        }
        return ranges.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)..\($0.last)" }
    }

    /// Commands that name one interval each with `--for`, as fewer that name ranges; all else stands as it is.
    public func joiningCommands(_ steps: [String]) -> [String] {
        let mark = " --for "
        func parts(_ step: String) -> (command: String, interval: DataInterval)? {
            guard step.hasPrefix("surety "), let found = step.firstRange(of: mark),
                let interval = interval(labelled: step[found.upperBound...])
            else { return nil }
            return (String(step[..<found.lowerBound]), interval)
        }
        let named = Dictionary(grouping: steps.compactMap(parts), by: \.command)
        return steps.flatMap { step -> [String] in
            guard let command = parts(step)?.command, let all = named[command] else { return [step] }
            return ranges(of: all.map(\.interval)).map { "\(command)\(mark)\($0)" }
        }.unique()
    }
}
