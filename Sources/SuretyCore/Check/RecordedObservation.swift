/// What a check observed when an earlier slice was certified.
public struct RecordedObservation: Hashable, Sendable {
    /// The check.
    public var check: CheckID
    /// Its text then.
    public var text: String
    /// The interval's first instant; nil for the whole table.
    public var start: Instant?
    /// When the certificate was given.
    public var certifiedAt: Instant
    /// The number that was observed.
    public var value: ExactNumber

    /// An observation.
    public init(
        check: CheckID, text: String, start: Instant?, certifiedAt: Instant, value: ExactNumber
    ) {
        self.check = check
        self.text = text
        self.start = start
        self.certifiedAt = certifiedAt
        self.value = value
    }

    /// An observation as results keep it: its exact text, or the number where the text is no number, as of lengths of
    /// time; nil if neither is one.
    public init?(
        check: CheckID, text: String, start: Instant?, certifiedAt: Instant, observed: String?,
        number: Double?
    ) {
        let exact = observed.flatMap { ExactNumber($0) }
        guard let value = exact ?? number.flatMap({ ExactNumber("\($0)") }) else { return nil }
        self.init(check: check, text: text, start: start, certifiedAt: certifiedAt, value: value)
    }
}
