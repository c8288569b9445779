/// Which starts of a promise have come due, and which of those that were missed are made up for.
public struct Timetable: Sendable {
    /// How long after its time a start is still on time, in seconds; a service wakes more often than that.
    public static let grace: Int64 = 90

    /// A start that has come due.
    public struct Due: Hashable, Sendable {
        /// The start as declared.
        public let start: String
        /// When it came due.
        public let at: Instant
        /// Whether a run is to begin; else it was missed, and is only noted.
        public let begins: Bool

        /// A start that came due.
        public init(start: String, at: Instant, begins: Bool) {
            self.start = start
            self.at = at
            self.begins = begins
        }
    }

    private let promise: Promise

    /// The timetable of a promise.
    public init(_ promise: Promise) { self.promise = promise }

    /// The starts that have come due since each came due last, in order of time.
    ///
    /// Of those that were missed, such as while the service was down, `catch_up` says which are made up for.
    ///
    /// - Parameters:
    ///   - fired: When each start came due last, by its text.
    ///   - since: From when on starts count that never came due: when the promise was first seen.
    ///   - upstream: For `after`, when all that the named promises owe was certified; nil: it is not.
    public func due(
        fired: [String: Instant], since: Instant, at now: Instant, upstream: ([PromiseID]) -> Instant?
    ) -> [Due] {
        promise.starts.flatMap { start -> [Due] in
            let text = start.text
            let last = fired[text]
            switch start {
            case .once: return last == nil ? [Due(start: text, at: now, begins: true)] : []
            case .after(let promises):
                guard let certified = upstream(promises), certified > last ?? .distantPast else { return [] }
                return [Due(start: text, at: certified, begins: true)]
            case .at, .every, .cron:
                return clock(start, text, after: last ?? since, at: now)
            case .hook, .notify, .file, .bucket: return []
            }
        }
        .sorted { ($0.at, $0.start) < ($1.at, $1.start) }
    }

    /// The first instant after another at which the clock makes a start come due; nil: never.
    public func next(after instant: Instant) -> Instant? {
        promise.starts.compactMap { $0.next(after: instant) }.min()
    }

    private func clock(_ start: Start, _ text: String, after last: Instant, at now: Instant) -> [Due] {
        guard let newest = start.last(atOrBefore: now), newest > last else { return [] }
        let punctual = now.adding(seconds: -Self.grace)
        let window = now.adding(seconds: -promise.catchUpWindow.seconds)
        switch promise.catchUp {
        case .none: return [Due(start: text, at: newest, begins: newest >= punctual)]
        case .latest: return [Due(start: text, at: newest, begins: newest >= min(window, punctual))]
        case .all:
            let from = max(last.adding(milliseconds: 1), min(window, punctual))
            let found = start.instants(from: from, to: now.adding(milliseconds: 1))
            guard !found.isEmpty else { return [Due(start: text, at: newest, begins: false)] }
            return found.map { Due(start: text, at: $0, begins: true) }
        }
    }
}
