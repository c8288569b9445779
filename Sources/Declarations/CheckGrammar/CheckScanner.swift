/// A place in a text, with the small steps that a grammar of words, symbols and quotes is read by.
///
/// It remembers what has been asked for at the present place, so that an error can say what could stand there.
struct CheckScanner {
    let text: String
    let scalars: [Unicode.Scalar]
    private(set) var position = 0
    private var expected: [String] = []
    private var expectedAt = 0
    private var wordCache: (at: Int, end: Int)?

    init(_ text: String) {
        self.text = text
        self.scalars = Array(text.unicodeScalars)
        skipSpace()
    }

    var isAtEnd: Bool { position == scalars.count }
    var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    // MARK: Steps

    /// Goes to a place, and past white space there.
    mutating func move(to place: Int) {
        position = place
        skipSpace()
    }

    private mutating func skipSpace() {
        while position < scalars.count, scalars[position].properties.isWhitespace { position += 1 }
    }

    /// Notes what could stand at the present place.
    mutating func want(_ what: String) {
        if expectedAt != position {
            expected = []
            expectedAt = position
        }
        if !expected.contains(what) { expected.append(what) }
    }

    /// The plain name at the present place, without going past it.
    mutating func peekWord() -> String? {
        wordEnd().map { string(position..<$0) }
    }

    private mutating func wordEnd() -> Int? {
        if let wordCache, wordCache.at == position { return wordCache.end > position ? wordCache.end : nil }
        var end = position
        while end < scalars.count, scalars[end].continuesName { end += 1 }
        let isWord = end > position && !scalars[position].isDigit && !(end < scalars.count && isGlued(end))
        wordCache = (position, isWord ? end : position)
        return isWord ? end : nil
    }

    /// Whether the scalar makes the run before it something else than a plain name: `größe`, `order-id`.
    private func isGlued(_ place: Int) -> Bool {
        let scalar = scalars[place]
        return !scalar.isASCII && !scalar.properties.isWhitespace
            || "-$@#&/\\".unicodeScalars.contains(scalar)
    }

    /// Whether a word stands here; goes past it if so.
    mutating func take(_ word: String) -> Bool {
        want("`\(word)`")
        return takeQuietly(word)
    }

    /// The same, but without naming the word as one that could stand here.
    mutating func takeQuietly(_ word: String) -> Bool {
        guard let end = wordEnd(), end - position == word.unicodeScalars.count, peekWord() == word else {
            return false
        }
        move(to: end)
        return true
    }

    /// Whether a symbol stands here; goes past it if so.
    mutating func take(symbol: String) -> Bool {
        want("`\(symbol)`")
        let wanted = symbol.unicodeScalars
        guard position + wanted.count <= scalars.count,
            scalars[position..<(position + wanted.count)].elementsEqual(wanted)
        else { return false }
        move(to: position + wanted.count)
        return true
    }

    /// Goes past the plain name that stands here.
    mutating func takeWord() -> String? {
        guard let end = wordEnd() else { return nil }
        let word = string(position..<end)
        move(to: end)
        return word
    }

    /// The run of characters from the present place for which the condition holds, without going past it.
    func run(while condition: (Unicode.Scalar) -> Bool) -> Range<Int> {
        var end = position
        while end < scalars.count, condition(scalars[end]) { end += 1 }
        return position..<end
    }

    /// The text between quotes, a doubled quote standing for one; nil if no such quote stands here.
    mutating func takeQuoted(_ quote: Unicode.Scalar) throws(CheckSyntaxError) -> String? {
        guard next == quote else { return nil }
        var content = String.UnicodeScalarView()
        var place = position + 1
        while place < scalars.count {
            if scalars[place] == quote {
                guard place + 1 < scalars.count, scalars[place + 1] == quote else {
                    move(to: place + 1)
                    return String(content)
                }
                place += 1
            }
            content.append(scalars[place])
            place += 1
        }
        throw error(
            "the quote \(quote) is not closed", hint: "A \(quote) inside is written twice: \(quote)\(quote)")
    }

    /// The text between double or single quotes; nil if neither stands here.
    mutating func takeSQL() throws(CheckSyntaxError) -> String? {
        next == "\"" ? try takeQuoted("\"") : try takeQuoted("'")
    }

    func string(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }

    /// The text of a range with white space collapsed outside quotes.
    func collapsed(_ range: Range<Int>) -> String {
        var result = String.UnicodeScalarView()
        var quote: Unicode.Scalar?
        var pendingSpace = false
        for scalar in scalars[range] {
            if quote == nil, scalar.properties.isWhitespace {
                pendingSpace = true
                continue
            }
            if pendingSpace, !result.isEmpty { result.append(" ") }
            pendingSpace = false
            if let open = quote {
                if scalar == open { quote = nil }
            } else if scalar == "'" || scalar == "\"" {
                quote = scalar
            }
            result.append(scalar)
        }
        return String(result)
    }

    // MARK: Errors

    /// An error at a place, the present one if none is given.
    func error(_ message: String, hint: String = "", at place: Int? = nil) -> CheckSyntaxError {
        CheckSyntaxError(message, hint: hint, in: text, offset: characters(before: place ?? position))
    }

    /// The error that what stands here cannot stand here, with what could.
    func unexpected(hint: String = "") -> CheckSyntaxError {
        let alternatives = expectedAt == position ? expected : []
        let message = isAtEnd ? "the line ends too early" : "unexpected `\(found)`"
        let near = nearest(to: found, among: alternatives)
        return CheckSyntaxError(
            message, hint: near.map { "Did you mean \($0)?" } ?? hint, in: text,
            offset: characters(before: position), alternatives: alternatives)
    }

    /// What stands here, shortened.
    var found: String {
        let stops = ",()[]'\"".unicodeScalars
        let run = run { !$0.properties.isWhitespace && !stops.contains($0) }
        let shown = run.isEmpty && !isAtEnd ? position..<(position + 1) : run
        return shown.count > 40 ? string(shown.prefix(40)) + "…" : string(shown)
    }

    private func characters(before place: Int) -> Int { string(0..<place).count }

    /// The alternative that differs from a word by case or by at most two letters.
    func nearest(to word: String, among alternatives: [String]) -> String? {
        guard word.count >= 2, word.count <= 24 else { return nil }
        return alternatives.first { candidate in
            let bare = candidate.replacing("`", with: "")
            let first = bare.prefix { $0 != " " }
            guard candidate.hasPrefix("`"), first.first?.isLetter == true, word != first else { return false }
            return first.lowercased() == word.lowercased()
                || editDistance(Array(word), Array(first)) <= (first.count > 4 ? 2 : 1)
        }
    }
}

extension Unicode.Scalar {
    var isDigit: Bool { ("0"..."9").contains(self) }
    var startsName: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "_" }
    var continuesName: Bool { startsName || isDigit }
}

/// The number of letters to change, add or drop between two words.
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var previous = Array(0...right.count)
    for (row, letter) in left.enumerated() {
        var current = [row + 1]
        for (column, other) in right.enumerated() {
            current.append(
                min(
                    previous[column + 1] + 1, current[column] + 1,
                    previous[column] + (letter == other ? 0 : 1)))
        }
        previous = current
    }
    return previous[right.count]
}
