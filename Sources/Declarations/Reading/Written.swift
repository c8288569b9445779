import SuretyCore

/// A text from a declaration with its variables filled in.
struct Written {
    /// The text as written, which is what messages show.
    let raw: String
    /// The text with variables filled in.
    let text: String
    /// Where it is.
    let location: SourceLocation
    /// Whether part of it came from the environment or a file.
    var isSecret = false
    /// Variables that it names, and that are not set.
    var unset: [String] = []

    /// The text for a message: never a variable's value.
    var shown: String { abbreviated(raw) }
    /// The text as a value that is not shown when it is secret.
    var secret: Secret { Secret(text, isSecret: isSecret, unset: unset) }

    /// A part of the text at the same place.
    func with(_ text: some StringProtocol) -> Written {
        Written(
            raw: isSecret ? raw : String(text), text: String(text), location: location, isSecret: isSecret,
            unset: unset)
    }
}
