import Engine
import Foundation

/// JSON as it is stored: keys sorted, so that the same value is the same text.
enum StateJSON {
    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()

    /// The text of a value.
    static func text(_ value: some Encodable) throws(PortFailure) -> String {
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw PortFailure(.refused, "a fact cannot be written as JSON: \(error)")
        }
    }

    /// The value of a text.
    static func value<Value: Decodable>(_ type: Value.Type, _ text: String) throws(PortFailure) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw PortFailure(
                .storeUnusable, "the state holds a record that this program cannot read: \(error)",
                hint: "Was it written by another version of surety?")
        }
    }
}
