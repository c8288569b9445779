/// How text for people looks: with colour on a terminal, plain elsewhere.
public struct Style: Hashable, Sendable {
    /// Whether colour may be used.
    public let hasColour: Bool

    /// A style with or without colour.
    public init(hasColour: Bool) { self.hasColour = hasColour }

    /// No colour.
    public static let plain = Style(hasColour: false)

    /// What a text says about the world, and so how it is coloured.
    public enum Tone: Hashable, Sendable {
        case good, bad, warning, quiet, strong, neutral
    }

    /// The text in a tone.
    public func callAsFunction(_ text: String, _ tone: Tone) -> String {
        guard hasColour, !text.isEmpty else { return text }
        let code: String
        switch tone {
        case .good: code = "32"
        case .bad: code = "31"
        case .warning: code = "33"
        case .quiet: code = "2"
        case .strong: code = "1"
        case .neutral: return text
        }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
