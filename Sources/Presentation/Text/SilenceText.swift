public import SuretyCore

/// Silences in words.
public enum SilenceText {
    /// One line for each silence, the next to end first.
    public static func text(_ silences: [Silence], in zone: Zone) -> String {
        guard !silences.isEmpty else { return "Nothing is silenced.\n" }
        return silences.map { silence in
            "\(silence.id)  \(silence.target)  until \(zone.words(silence.until)), by \(silence.by): \(silence.reason)\n"
        }.joined()
    }
}
