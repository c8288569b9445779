import Hummingbird

/// The name of a header.
typealias HeaderName = HTTPFields.Element.Name

extension HeaderName {
    /// Who asks.
    static let suretyUser = named("X-Surety-User")
    /// What a browser says of the page that a request comes from.
    static let fetchSite = named("Sec-Fetch-Site")
    /// The newest event that was seen.
    static let lastEventID = named("Last-Event-ID")

    private static func named(_ text: String) -> HeaderName {
        guard let name = HeaderName(text) else { preconditionFailure("\(text) is no name of a header") }
        return name
    }
}
