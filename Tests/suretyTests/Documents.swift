import SuretyCore

/// What the tests read of the program's JSON documents.
enum Documents {
    struct Board: Decodable {
        struct Line: Decodable {
            let id: String
            let state: String
        }
        let promises: [Line]
    }

    struct Gate: Decodable {
        struct Reason: Decodable {
            let why: String
        }
        let decision: String
        let reasons: [Reason]
    }

    struct Ran: Decodable {
        struct Run: Decodable {
            let id: String
            let state: String
            let steps: [Step]
        }
        struct Step: Decodable {
            let asset: AssetName
            let interval: String?
            let attempts: Int
            let checks: [Check]
        }
        struct Check: Decodable {
            let check: String
            let id: String
            let verdict: Verdict
            let observed: String?
            let violations: Int64?
        }
        /// Nil when the document tells of an error instead.
        let run: Run?
    }

    struct Report: Decodable {
        struct Promise: Decodable {
            let id: PromiseID
            let occurrences: [Occurrence]
        }
        struct Occurrence: Decodable {
            let interval: String?
            let outcome: PromiseView.Outcome
            let published: Instant?

            private enum CodingKeys: String, CodingKey {
                case interval, outcome
                case published = "published_at"
            }
        }
        let from: Instant
        let to: Instant
        let promises: [Promise]
    }

    struct Failure: Decodable {
        struct Body: Decodable {
            let code: Int32
            let kind: String
            let message: String
            let hint: String
        }
        let error: Body
    }

    struct Findings: Decodable {
        struct Finding: Decodable, Equatable {
            let file: String
            let line: Int
            let column: Int
            let message: String
            let hint: String
        }
        let errors: [Finding]
        let warnings: [Finding]
    }
}
