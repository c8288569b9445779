import Engine
import SuretyCore

/// One row of an answer.
struct StateRow: Sendable {
    /// Its values in the order of the SELECT.
    let values: [StateValue]

    /// A text; NULL is nil.
    func text(_ index: Int) throws(PortFailure) -> String? {
        switch values[index] {
        case .null: nil
        case .text(let text): text
        case .number: throw misfit(index)
        }
    }

    /// A text that is there.
    func word(_ index: Int) throws(PortFailure) -> String {
        guard let text = try text(index) else { throw misfit(index) }
        return text
    }

    /// A number; NULL is nil.
    func number(_ index: Int) throws(PortFailure) -> Int64? {
        switch values[index] {
        case .null: return nil
        case .number(let number): return number
        case .text(let text):
            // PostgreSQL answers in text.
            guard let number = Int64(text) else { throw misfit(index) }
            return number
        }
    }

    /// An instant; NULL is nil.
    func instant(_ index: Int) throws(PortFailure) -> Instant? {
        try number(index).map { Instant(milliseconds: $0) }
    }

    /// An instant that is there.
    func moment(_ index: Int) throws(PortFailure) -> Instant {
        guard let instant = try instant(index) else { throw misfit(index) }
        return instant
    }

    /// A stored record.
    func record<Record: Decodable>(_ type: Record.Type, _ index: Int) throws(PortFailure) -> Record {
        try StateJSON.value(type, word(index))
    }

    private func misfit(_ index: Int) -> PortFailure {
        PortFailure(
            .storeUnusable, "the state holds a value of another kind than expected (place \(index + 1))")
    }
}
