import SuretyCore

/// How a round of checks keeps out of the way of others.
///
/// Whoever comes after a session that waits to change a table waits behind it, so that one long check and one ALTER TABLE
/// would stop all readers. A round that is in the way ends and is asked again from its beginning.
struct Courtesy: Sendable {
    /// How long until it is looked again whether somebody waits.
    var period = Duration.milliseconds(500)
    /// How long is waited before each further try.
    var pauses: [Duration] = [.seconds(1), .seconds(2), .seconds(4)]
    /// How old a round's snapshot may become; what is not asked by then is an error.
    var oldest = Period(30, .minute)
    /// What waiting goes by.
    var clock: any Clock<Duration> = ContinuousClock()
}
