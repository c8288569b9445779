import Engine

/// Whose clock the facts of a state were made under.
enum ClockMark: String, Sendable {
    case real
    case simulated

    /// The mark of a clock that differs so many milliseconds from the real one; nil is the real one.
    init(offset: Int64?) { self = offset == nil ? .real : .simulated }

    /// What is thrown where a state has another mark.
    func conflict(at path: String) -> PortFailure {
        switch self {
        case .real:
            PortFailure(
                .conflict, "the state \(path) holds facts made under a simulated clock",
                hint: "Set SURETY_CLOCK to go on with it, or name another state.")
        case .simulated:
            PortFailure(
                .conflict, "the state \(path) holds facts made under the real clock",
                hint: "Unset SURETY_CLOCK, or name another state for the simulated clock.")
        }
    }
}
