import SuretyCore

/// What the words and figures of a report mean.
enum ReportDefinitions {
    /// Each term and its meaning, in the order in which a reader meets them.
    static let all: [(term: String, meaning: String)] = [
        (
            "Week",
            "Monday 00:00 to Monday 00:00 in the project's zone; an occurrence belongs to the week of its deadline."
        ),
        (
            "Kept",
            "All that is owed was certified, and shown by every consumer that refreshes, at the deadline."
        ),
        ("Kept with warnings", "The same, while a check that only warns was not passed. It counts as kept."),
        (
            "Late",
            "Not kept, but certified and shown before the next deadline. While that may still come it is late, still open."
        ),
        ("Missed", "Not certified and shown before the next deadline."),
        ("Waived", "A person waived it before its deadline, with a reason. It is listed and never counted."),
        ("Unknown", "Nothing was recorded that could tell. It counts as not kept."),
        (
            "Misses left",
            "Of the occurrences of \(WeeklyReport.Budget.weeks) weeks, 5 in 100 may be late, missed or unknown, "
                + "rounded down; late counts as a full miss."
        ),
        ("Margin", "From the moment all consumers showed it to the deadline; late is less than nothing."),
        (
            "Trend",
            "The median of all slopes between the last 20 margins (Theil and Sen); said only where chance alone "
                + "would show as much less than 5 times in 100 (Kendall)."
        ),
        ("Time to detect", "From the fault to its detection by Surety."),
        ("Time to notify", "From the detection to the first message that was delivered."),
        ("Time to acknowledge", "From that message to the first word of a person."),
        (
            "Time to recover",
            "From the fault until everything affected was certified again; open incidents are never averaged in."
        ),
        (
            "Worth sending",
            "A person said so, or acted: a rerun, a backfill, a waiver. Noise: a person said so, or it went away unasked."
        ),
        ("Stale data", "Older than owed, or its certificate withdrawn, while a consumer showed it."),
        (
            "Percentages",
            "Said only of \(ReportAmounts.leastForPercentage) or more; n is how many a figure rests on."
        ),
        ("Restated", "Judged as before, although a certificate that it rests on was withdrawn since."),
    ]
}
