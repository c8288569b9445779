import SuretyCore
import Synchronization

/// The project as it is in force, replaced as a whole.
final class ProjectInForce: Sendable {
    private let held: Mutex<Surroundings>

    init(_ surroundings: Surroundings) { held = Mutex(surroundings) }

    var current: Surroundings { held.withLock { $0 } }

    func replace(_ surroundings: Surroundings) { held.withLock { $0 = surroundings } }
}

/// What reading declarations anew came to.
public enum Rereading: Sendable {
    /// They are what they were.
    case unchanged
    /// They were invalid, and are again what they were.
    case restored
    /// They are others, and hold from now on.
    case changed(Surroundings)
    /// They are others and invalid, so that those in force stay.
    case refused(String)
}
