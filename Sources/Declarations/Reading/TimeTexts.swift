import SuretyCore

extension Reading {
    /// When something is due: `08:00 on business`, or `{cron: …, in: …}`.
    func deadline(_ node: YamlNode, _ what: String) -> DeadlineRule? {
        if case .mapping = node.content {
            let fields = Fields(node, what, keys: ["cron", "in"], in: self)
            guard let cron = fields.required("cron") else { return nil }
            return self.cron(cron, in: fields).map { .cron($0.0, zone: $0.1) }
        }
        guard let text = written(node, what) else { return nil }
        return dueTimes(text)
    }

    /// `HH:MM[, HH:MM] [on DAYS] [in ZONE]`.
    func dueTimes(_ text: Written) -> DeadlineRule? {
        read(text) { (text) throws(TimeSyntaxError) in
            try DeadlineRule(text: text, calendars: calendars, zone: zone)
        }
    }

    /// A cron expression that fires some day, in the zone of the key `in`, else the project's.
    func cron(_ text: Written, in fields: Fields) -> (CronExpression, Zone)? {
        let zone = fields.text("in").map(self.zone(_:)) ?? self.zone
        do throws(CronError) {
            let cron = try CronExpression(text.text)
            guard cron.canFire else {
                error(text.location, "`\(text.shown)` never fires", hint: "No month has such a day.")
                return nil
            }
            return zone.map { (cron, $0) }
        } catch {
            let message = (error.field.map { "\($0.rawValue): " } ?? "") + error.message
            note(text, message, error.hint)
            return nil
        }
    }

    /// A zone by its IANA name.
    func zone(_ name: Written) -> Zone? {
        if let zone = Zone(name.text) { return zone }
        error(
            name.location, "there is no time zone `\(name.shown)`",
            hint: "Write an IANA name such as `Europe/London`.")
        return nil
    }

    /// Days.
    func days(_ text: Written) -> DaySet? {
        read(text) { (text) throws(TimeSyntaxError) in try DaySet.parse(text, calendars: calendars) }
    }

    /// The last interval that must be complete at a deadline.
    func through(_ text: Written) -> Through? {
        read(text) { (text) throws(TimeSyntaxError) in try Through(text: text, calendars: calendars) }
    }

    /// How rows fall into intervals.
    func interval(_ text: Written) -> IntervalRule? {
        read(text) { (text) throws(TimeSyntaxError) in
            try IntervalRule(text: text, calendars: calendars, zone: zone)
        }
    }

    private func read<Value>(
        _ text: Written, _ parse: (String) throws(TimeSyntaxError) -> Value
    ) -> Value? {
        do throws(TimeSyntaxError) {
            return try parse(text.text)
        } catch {
            note(text, error.message, error.hint)
            return nil
        }
    }

    /// Notes that a text cannot be read, without the values of its variables.
    func note(_ text: Written, _ message: String, _ hint: String) {
        // The calendar that is missed may be in the file that could not be read.
        let mayNeedCalendar = text.text.contains(" on ") || text.text.contains("business")
        if isPartial && mayNeedCalendar { return }
        if text.isSecret {
            error(text.location, "`\(text.shown)` cannot be read once its variables are filled in")
        } else {
            error(text.location, message, hint: hint)
        }
    }
}
