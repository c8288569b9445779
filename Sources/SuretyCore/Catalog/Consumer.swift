/// A dashboard, export or model that reads certified assets.
public struct Consumer: Hashable, Sendable {
    /// Its id.
    public let id: ConsumerID
    /// Where it is declared.
    public let location: SourceLocation
    /// Its name for people.
    public var name: String
    /// Who owns it.
    public var owner: OwnerID?
    /// The assets that it reads.
    public var uses: [AssetName]
    /// What refreshes it once they are certified.
    public var refresh: RefreshAction?

    /// A consumer of assets.
    public init(id: ConsumerID, location: SourceLocation, name: String, owner: OwnerID?, uses: [AssetName]) {
        self.id = id
        self.location = location
        self.name = name
        self.owner = owner
        self.uses = uses
    }
}

/// What refreshes a consumer.
public enum RefreshAction: Hashable, Sendable {
    /// A request to it.
    case http(HTTPRefresh)
    /// A program, without a shell.
    case command([String])
}

/// The request that refreshes a consumer.
public struct HTTPRefresh: Hashable, Sendable {
    /// The method, upper case.
    public var method: String
    /// The address.
    public var url: Secret
    /// Headers.
    public var headers: [String: Secret]
    /// The body's text, if any.
    public var body: Secret?
    /// Whether private addresses may be called.
    public var allowPrivate: Bool

    /// A request.
    public init(
        method: String, url: Secret, headers: [String: Secret] = [:], body: Secret? = nil,
        allowPrivate: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.allowPrivate = allowPrivate
    }
}
