import Foundation

/// Regular expressions that cannot be one in any warehouse.
///
/// PostgreSQL's and Foundation's languages differ; only what both refuse is refused when a check is read.
enum RegexPlausibility {
    /// Why the pattern cannot be a regular expression; nil: perhaps it can.
    static func fault(of pattern: String) -> String? {
        guard let fault = postgresFault(Array(pattern.unicodeScalars)) else { return nil }
        guard pattern.utf8.count <= 10_000 else { return fault }
        return (try? NSRegularExpression(pattern: pattern)) == nil ? fault : nil
    }

    /// What PostgreSQL's advanced regular expressions certainly refuse.
    private static func postgresFault(_ pattern: [Unicode.Scalar]) -> String? {
        // `***` chooses another language, and so can `(?b)`, `(?e)` and `(?q)`.
        if pattern.starts(with: "***".unicodeScalars) || hasDirector(pattern) { return nil }
        var depth = 0
        var place = 0
        var canRepeat = false
        while place < pattern.count {
            let scalar = pattern[place]
            switch scalar {
            case "\\":
                guard place + 1 < pattern.count else { return "it ends in a single \\" }
                place += 1
                canRepeat = true
            case "[":
                guard let end = bracketEnd(pattern, from: place) else { return "a [ is not closed" }
                place = end
                canRepeat = true
            case "(":
                depth += 1
                canRepeat = false
                if place + 1 < pattern.count, pattern[place + 1] == "?" { place += 1 }
            case ")":
                depth -= 1
                if depth < 0 { return "a ) closes nothing" }
                canRepeat = true
            case "*", "+", "?":
                guard canRepeat else { return "\(scalar) has nothing to repeat" }
                if scalar == "*", place + 1 < pattern.count, pattern[place + 1] == "*" {
                    return "** repeats a repetition"
                }
                canRepeat = true
            case "{":
                if let bounds = bounds(pattern, from: place), bounds.high < bounds.low {
                    return "{\(bounds.low),\(bounds.high)} has reversed bounds"
                }
            case "|", "^": canRepeat = false
            default: canRepeat = true
            }
            place += 1
        }
        return depth > 0 ? "a ( is not closed" : nil
    }

    private static func hasDirector(_ pattern: [Unicode.Scalar]) -> Bool {
        guard pattern.starts(with: "(?".unicodeScalars) else { return false }
        return pattern.dropFirst(2).prefix { $0.properties.isAlphabetic }.contains {
            "beq".unicodeScalars.contains($0)
        }
    }

    /// The place of the `]` that ends a bracket expression.
    private static func bracketEnd(_ pattern: [Unicode.Scalar], from start: Int) -> Int? {
        var place = start + 1
        if place < pattern.count, pattern[place] == "^" { place += 1 }
        if place < pattern.count, pattern[place] == "]" { place += 1 }
        while place < pattern.count {
            switch pattern[place] {
            case "]": return place
            case "\\": place += 1
            case "[":
                let next = place + 1 < pattern.count ? pattern[place + 1] : " "
                if ":.=".unicodeScalars.contains(next) {
                    var end = place + 2
                    while end + 1 < pattern.count, !(pattern[end] == next && pattern[end + 1] == "]") {
                        end += 1
                    }
                    if end + 1 < pattern.count { place = end + 1 }
                }
            default: break
            }
            place += 1
        }
        return nil
    }

    /// The two numbers of `{low,high}`.
    private static func bounds(_ pattern: [Unicode.Scalar], from start: Int) -> (low: Int, high: Int)? {
        let low = pattern[(start + 1)...].prefix(while: \.isDigit)
        let comma = start + 1 + low.count
        guard comma < pattern.count, pattern[comma] == "," else { return nil }
        let high = pattern[(comma + 1)...].prefix(while: \.isDigit)
        let end = comma + 1 + high.count
        guard end < pattern.count, pattern[end] == "}", let low = number(low), let high = number(high) else {
            return nil
        }
        return (low, high)
    }

    private static func number(_ digits: ArraySlice<Unicode.Scalar>) -> Int? {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: digits)
        return Int(String(view))
    }
}
