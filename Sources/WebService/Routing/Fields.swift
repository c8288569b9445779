import Foundation
import Hummingbird

/// The members of a JSON object that was sent.
struct Fields: Sendable {
    /// The most bytes that may be sent.
    static let limit = 256 * 1024

    private let members: [String: Field]

    /// No member.
    init() { members = [:] }

    /// Reads an object; what is not known in it is refused by name.
    init(_ bytes: Data, known: [String]) throws(Problem) {
        do {
            members = try JSONDecoder().decode([String: Field].self, from: bytes)
        } catch {
            throw Fields.problem(with: bytes)
        }
        let unknown = members.keys.filter { !known.contains($0) }.sorted()
        guard unknown.isEmpty else {
            throw Problem.misuse(
                "there is no field \(unknown.map { "`\($0)`" }.joined(separator: ", ")) here",
                hint: known.isEmpty ? "There is none." : "There is: \(known.joined(separator: ", ")).")
        }
    }

    /// A text; nil where there is none.
    func text(_ name: String) throws(Problem) -> String? {
        switch members[name] {
        case .text(let text): return text
        case nil, .null: return nil
        case .flag, .number, .other: throw Problem.misuse("`\(name)` must be a text")
        }
    }

    /// A text that must be there, and say something.
    func required(_ name: String, such example: String) throws(Problem) -> String {
        guard let text = try text(name), !text.allSatisfy(\.isWhitespace) else {
            throw Problem.misuse("`\(name)` is missing", hint: "Write `\"\(name)\": \"\(example)\"`.")
        }
        return text
    }

    /// Yes or no; nil where there is none.
    func flag(_ name: String) throws(Problem) -> Bool? {
        switch members[name] {
        case .flag(let flag): return flag
        case nil, .null: return nil
        case .text, .number, .other: throw Problem.misuse("`\(name)` must be true or false")
        }
    }

    /// A whole number; nil where there is none.
    func number(_ name: String) throws(Problem) -> Int64? {
        switch members[name] {
        case .number(let number): return number
        case nil, .null: return nil
        case .text, .flag, .other: throw Problem.misuse("`\(name)` must be a whole number")
        }
    }

    private static func problem(with bytes: Data) -> Problem {
        do {
            _ = try JSONSerialization.jsonObject(with: bytes, options: .fragmentsAllowed)
            return Problem.misuse("the body is no JSON object", hint: "Write `{\"for\": \"2026-11-19\"}`.")
        } catch {
            let why = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String
            return Problem.misuse("the body is no JSON: \(why ?? "it cannot be read")")
        }
    }
}

/// A member's value.
private enum Field: Decodable, Sendable {
    case null
    case flag(Bool)
    case number(Int64)
    case text(String)
    /// An array, an object, or a number that is not whole.
    case other

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Int64.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .other
        }
    }
}
