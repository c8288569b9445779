import Hummingbird
import Presentation
import SuretyCore
import Synchronization

/// The documents of the newest answers of gates: a gate that says the same again is not written anew.
final class RenderedGates: Sendable {
    /// How many are kept.
    static let limit = 256

    private struct Question: Hashable {
        let consumer: ConsumerID
        let intervals: String?
    }

    private struct Rendered {
        let answer: GateAnswer
        let document: ByteBuffer
    }

    private let newest = Mutex<[Question: Rendered]>([:])

    /// The document of an answer to a question about some intervals.
    func document(of answer: GateAnswer, for intervals: String?) -> ByteBuffer {
        let question = Question(consumer: answer.consumer, intervals: intervals)
        let known = newest.withLock { $0[question] }
        if let known, known.answer == answer { return known.document }
        let document = ByteBuffer(string: GateDocument.json(answer).document)
        newest.withLock { newest in
            if newest.count >= RenderedGates.limit, newest[question] == nil { newest.removeAll() }
            newest[question] = Rendered(answer: answer, document: document)
        }
        return document
    }
}
