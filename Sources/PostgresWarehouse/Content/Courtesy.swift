/// How a round of checks makes way for a session that waits to change a table that the round reads.
///
/// Whoever comes after such a session waits behind it, so that one long check and one ALTER TABLE would stop all readers.
/// A round that is in the way ends and is asked again from its beginning.
struct Courtesy: Sendable {
    /// How long until it is looked again whether somebody waits.
    var period = Duration.milliseconds(500)
    /// How long is waited before each further try.
    var pauses: [Duration] = [.seconds(1), .seconds(2), .seconds(4)]
    /// What waiting goes by.
    var clock: any Clock<Duration> = ContinuousClock()
}
