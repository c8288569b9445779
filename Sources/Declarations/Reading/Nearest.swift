/// Finds the known word that a person probably meant.
enum Nearest {
    /// The nearest of some words; nil when none is near enough to be meant.
    static func word(to text: String, among words: some Sequence<String>) -> String? {
        guard !text.isEmpty, text.utf8.count <= 64 else { return nil }
        let wanted = Array(text.lowercased())
        var best: (word: String, distance: Int)?
        for word in words {
            let allowed = max(1, min(wanted.count, word.count) / 3)
            guard abs(word.count - wanted.count) <= allowed || word.lowercased().hasPrefix(text.lowercased())
            else { continue }
            let distance =
                word.lowercased().hasPrefix(text.lowercased()) && wanted.count >= 3
                ? 1 : self.distance(wanted, Array(word.lowercased()))
            guard distance <= allowed else { continue }
            if let known = best, (known.distance, known.word) <= (distance, word) { continue }
            best = (word, distance)
        }
        return best?.word
    }

    /// `Did you mean …?`, or an empty text.
    static func hint(for text: String, among words: some Sequence<String>) -> String {
        word(to: text, among: words).map { "Did you mean `\($0)`?" } ?? ""
    }

    /// The number of insertions, deletions, replacements and swaps of neighbours between two words.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
                var least = min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    least = min(least, beforeLast[column - 1] + 1)
                }
                current.append(least)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
