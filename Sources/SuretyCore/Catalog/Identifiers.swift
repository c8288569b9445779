/// The id of a promise: `revenue-by-8`.
public struct PromiseID: Identifier {
    /// The id's text.
    public let rawValue: String
    /// The id with this text.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// The id of a person or a group of people under `owners`.
public struct OwnerID: Identifier {
    /// The id's text.
    public let rawValue: String
    /// The id with this text.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// The id of an alert channel under `channels`.
public struct ChannelID: Identifier {
    /// The id's text.
    public let rawValue: String
    /// The id with this text.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// The id of a consumer: a dashboard, export or model.
public struct ConsumerID: Identifier {
    /// The id's text.
    public let rawValue: String
    /// The id with this text.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// The id of another system that steps command.
public struct TargetID: Identifier {
    /// The id's text.
    public let rawValue: String
    /// The id with this text.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// The id of a calendar under `calendars`.
public struct CalendarID: Identifier {
    /// The id's text.
    public let rawValue: String
    /// The id with this text.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// The id of a warehouse; `main` is the default one.
public struct WarehouseID: Identifier {
    /// The id's text.
    public let rawValue: String
    /// The id with this text.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// The id of a pool of step slots.
public struct PoolID: Identifier {
    /// The id's text.
    public let rawValue: String
    /// The id with this text.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// The id of a run: 12 characters `[0-9a-z]`, so that it fits into a table's name.
public struct RunID: Identifier {
    /// The id's text.
    public let rawValue: String
    /// The id with this text.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// The id of a certificate.
public struct CertificateID: Identifier {
    /// The id's text.
    public let rawValue: String
    /// The id with this text.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// The id of a check: `asset/name` when named, else `asset/` and a slug of its text.
public struct CheckID: Identifier {
    /// The id's text.
    public let rawValue: String
    /// The id with this text.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// The SHA-256, in hex, of what affects an asset's data (build, write, params, interval, needs, ready and stop checks).
public struct DefinitionHash: Identifier {
    /// The id's text.
    public let rawValue: String
    /// The id with this text.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// The id of an incident: `inc_2il4rgybjk5g`.
public struct IncidentID: Identifier {
    /// The id's text.
    public let rawValue: String
    /// The id with this text.
    public init(rawValue: String) { self.rawValue = rawValue }
}
