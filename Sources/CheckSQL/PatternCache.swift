import Foundation
import SuretyCore
import Synchronization

/// Compiled regular expressions, so that a scan compiles each pattern once.
final class PatternCache: Sendable {
    static let shared = PatternCache()

    /// More patterns than any project's; beyond it the cache starts anew.
    private static let most = 500

    private let compiled = Mutex<[ExactText: NSRegularExpression]>([:])

    func expression(_ pattern: String) throws(QueryFailure) -> NSRegularExpression {
        if let found = compiled.withLock({ $0[ExactText(pattern)] }) { return found }
        let expression: NSRegularExpression
        // PostgreSQL's point also stands for a line break.
        do {
            expression = try NSRegularExpression(pattern: pattern, options: .dotMatchesLineSeparators)
        } catch {
            throw QueryFailure(sqlState: "2201B", message: "'\(pattern)' is no regular expression")
        }
        compiled.withLock { cache in
            if cache.count >= Self.most { cache.removeAll() }
            cache[ExactText(pattern)] = expression
        }
        return expression
    }
}
