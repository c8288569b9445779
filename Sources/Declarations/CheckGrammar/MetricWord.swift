/// The word that names a metric.
enum MetricWord: Hashable {
    case rows, missing, duplicates, distinct, min, max, avg, sum, stddev
    case percentile(Int)

    /// The metric that a word names; nil: it names none.
    init?(_ word: String) {
        switch word {
        case "rows": self = .rows
        case "missing": self = .missing
        case "duplicates": self = .duplicates
        case "distinct": self = .distinct
        case "min": self = .min
        case "max": self = .max
        case "avg": self = .avg
        case "sum": self = .sum
        case "stddev": self = .stddev
        case "median": self = .percentile(50)
        default:
            guard word.hasPrefix("p"), let number = Int(word.dropFirst()), (1...99).contains(number),
                word == "p\(number)"
            else { return nil }
            self = .percentile(number)
        }
    }

    /// The words, for a list of what could stand somewhere.
    static let names = [
        "rows", "missing", "duplicates", "distinct", "min", "max", "avg", "sum", "stddev", "median", "p1",
        "p99",
    ]
}

extension CheckReader {
    /// Words that begin a line of the grammar beside the metrics; a column of such a name is written `column "…"`.
    private static let otherFirstWords: Set<String> = ["row", "columns", "column", "fresh", "no", "sql"]

    /// Whether a word begins a line of the grammar.
    static func isReserved(_ word: String) -> Bool {
        MetricWord(word) != nil || otherFirstWords.contains(word)
    }

    /// How a column of a reserved name is written.
    static func quotingHint(_ word: String) -> String {
        "A column of that name is written column \"\(word)\""
    }
}
