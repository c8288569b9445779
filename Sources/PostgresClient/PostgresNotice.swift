/// What the server tells besides the answer: `RAISE NOTICE`, warnings.
public struct PostgresNotice: Hashable, Sendable {
    /// `NOTICE`, `WARNING`, `INFO`, `LOG` or `DEBUG`, never translated.
    public var severity: String
    /// SQLSTATE.
    public var sqlState: String
    /// The primary message.
    public var message: String
    /// What the server adds; nil if nothing.
    public var detail: String?
    /// What to do about it; nil if nothing is known.
    public var hint: String?
}
