import Engine

/// What everything that answers is handed.
struct House: Sendable {
    /// The engine.
    let front: any ServiceFront
    /// What has been counted.
    let metrics: (any MetricsSource)?
    /// The version of the program.
    let version: String
    /// Makes the report of a week.
    let report: WebService.Report
    /// Documents of gates that were asked before.
    let gates = RenderedGates()
    /// Places for those who listen to events.
    let listeners = Seats(EventStream.listeners)
}
