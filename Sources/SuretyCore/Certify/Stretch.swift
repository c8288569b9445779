/// A time in which a slice was certified without a break; a certificate that follows another at once makes none.
public struct Stretch: Hashable, Sendable {
    /// A time during which a certificate held.
    struct Span: Hashable, Sendable {
        let from: Instant
        let to: Instant?
        let certificate: CertificateID
        let hasWarnings: Bool

        init(_ certificate: Certificate) {
            from = certificate.certifiedAt
            to = certificate.withdrawal?.at
            self.certificate = certificate.id
            hasWarnings = certificate.warnings > 0
        }

        func contains(_ instant: Instant) -> Bool { from <= instant && (to.map { instant < $0 } ?? true) }
    }

    /// When it began.
    let from: Instant
    private var to: Instant?
    private var spans: [Span]

    /// The stretches of spans that come in order.
    static func joining(_ spans: [Span]) -> [Stretch] {
        var stretches: [Stretch] = []
        for span in spans {
            if let last = stretches.last, last.to.map({ span.from <= $0 }) ?? true {
                stretches[stretches.count - 1].spans.append(span)
                stretches[stretches.count - 1].to = last.to.flatMap { end in span.to.map { max(end, $0) } }
            } else {
                stretches.append(Stretch(from: span.from, to: span.to, spans: [span]))
            }
        }
        return stretches
    }

    /// The stretch that an instant lies in, of a slice that had these certificates, or without an instant the one that has
    /// not ended; nil if there is none.
    public init?(around instant: Instant?, of certificates: [Certificate]) {
        let spans = certificates.map(Span.init).sorted { $0.from < $1.from }
        let found = Stretch.joining(spans).last { stretch in
            instant.map(stretch.contains) ?? (stretch.to == nil)
        }
        guard let found else { return nil }
        self = found
    }

    private init(from: Instant, to: Instant?, spans: [Span]) {
        self.from = from
        self.to = to
        self.spans = spans
    }

    /// Whether the slice was certified at an instant.
    func contains(_ instant: Instant) -> Bool { from <= instant && (to.map { instant < $0 } ?? true) }

    /// Whether what was certified at an instant had warnings.
    func hasWarnings(at instant: Instant) -> Bool {
        spans.last { $0.contains(instant) }?.hasWarnings ?? false
    }

    /// Whether any of these certificates is one of its own: who shows that, shows the slice.
    public func isShown(by certificates: some Collection<CertificateID>) -> Bool {
        spans.contains { certificates.contains($0.certificate) }
    }
}
