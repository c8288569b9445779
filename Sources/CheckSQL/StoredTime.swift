import SuretyCore

/// Reads times as the embedded warehouse stores them.
enum StoredTime {
    /// The instant of a stored text: with an offset as it says, without one as a wall time in a zone.
    ///
    /// A date means the start of that day. Nil if the text is none of these.
    static func instant(_ text: String, in zone: Zone) -> Instant? {
        if let date = CivilDate(text) { return zone.instant(of: CivilDateTime(date)) }
        if let instant = Instant(rfc3339: text) { return instant }
        guard let naive = Instant(rfc3339: text + "Z") else { return nil }
        let rest = ((naive.milliseconds % 1000) + 1000) % 1000
        return zone.instant(of: CivilDateTime(milliseconds: naive.milliseconds)).adding(milliseconds: rest)
    }
}
