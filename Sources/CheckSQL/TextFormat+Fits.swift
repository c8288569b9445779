import Foundation
import SuretyCore

extension TextFormat {
    /// Whether a text has the format, as PostgreSQL's expressions of it tell.
    func fits(_ text: String) throws(QueryFailure) -> Bool {
        guard let pattern else {
            switch self {
            case .ipv4: return InternetAddress.isVersion4(text)
            case .ipv6: return InternetAddress.isVersion6(text)
            case .json:
                return (try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed))
                    != nil
            case .email, .uuid, .url, .date, .datetime, .integer, .number: return false
            }
        }
        let expression = try PatternCache.shared.expression(pattern)
        let all = NSRange(text.startIndex..., in: text)
        // `$` also stands before a final line break here, which PostgreSQL's does not.
        return expression.firstMatch(in: text, range: all)?.range == all
    }
}

/// Internet addresses as PostgreSQL's `inet` reads them, a prefix length included.
enum InternetAddress {
    static func isVersion4(_ text: String) -> Bool {
        guard let address = withoutPrefixLength(text, upTo: 32) else { return false }
        let parts = address.split(separator: ".", omittingEmptySubsequences: false)
        return (parts.count == 4 || parts.count < 4 && address.count != text.count)
            && parts.allSatisfy { isNumber($0, upTo: 255) }
    }

    static func isVersion6(_ text: String) -> Bool {
        guard let address = withoutPrefixLength(text, upTo: 128) else { return false }
        let halves = address.split(separator: "::", omittingEmptySubsequences: false)
        guard address.contains(":"), halves.count <= 2, !address.contains(":::") else { return false }
        var groups = 0
        for (index, half) in halves.enumerated() where !half.isEmpty {
            let parts = half.split(separator: ":", omittingEmptySubsequences: false)
            for (place, part) in parts.enumerated() {
                if part.contains("."), index == halves.count - 1, place == parts.count - 1,
                    part.split(separator: ".", omittingEmptySubsequences: false).count == 4,
                    isVersion4(String(part))
                {
                    groups += 2
                } else {
                    guard (1...4).contains(part.count), part.allSatisfy(\.isHexDigit),
                        part.utf8.count == part.count
                    else { return false }
                    groups += 1
                }
            }
        }
        return halves.count == 2 ? groups < 8 : groups == 8
    }

    private static func withoutPrefixLength(_ text: String, upTo most: Int) -> Substring? {
        guard let slash = text.firstIndex(of: "/") else { return text[...] }
        return isNumber(text[text.index(after: slash)...], upTo: most) ? text[..<slash] : nil
    }

    private static func isNumber(_ text: Substring, upTo most: Int) -> Bool {
        (1...3).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
            && (Int(text) ?? .max) <= most
    }
}
