import CheckSQL
import Engine
import SuretyCore

/// How long a round of checks may look at one snapshot, from now on.
///
/// As long as it does, the warehouse cannot give up the space of rows that were deleted meanwhile.
struct SnapshotAge: Sendable {
    let limit: Period
    private let began = ContinuousClock.now

    init(limit: Period) { self.limit = limit }

    /// What is left of it.
    var millisecondsLeft: Int64 { max(0, limit.seconds * 1000 - Int64(began.elapsedMilliseconds)) }

    /// Throws when the snapshot is too old for a further statement.
    func check() throws(PortFailure) {
        guard millisecondsLeft > 0 else { throw refusal("it was not asked") }
    }

    /// The failure, told as one of the snapshot's age if it is a time-out because of that.
    func explaining(_ failure: PortFailure) -> PortFailure {
        guard failure.kind == .timeout, millisecondsLeft == 0 else { return failure }
        return refusal("it was cut off")
    }

    private func refusal(_ end: String) -> PortFailure {
        PortFailure(
            .timeout,
            "the checks of an asset share a snapshot, and one that is older than \(limit) holds back vacuum; \(end). "
                + "Let the checks look at fewer rows",
            sqlState: "72000")
    }
}
