import Foundation

/// A named time zone, and what its clocks show.
public struct Zone: Hashable, Codable, Sendable, CustomStringConvertible {
    /// The IANA name.
    public let identifier: String
    private let zone: TimeZone

    /// The zone with an IANA name; nil if there is none.
    ///
    /// Abbreviations and offsets such as `PST` and `GMT+5` are none: databases read them otherwise.
    public init?(_ identifier: String) {
        guard identifier.contains("/") || Zone.singleWords.contains(identifier),
            let zone = TimeZone(identifier: identifier)
        else { return nil }
        self.identifier = identifier
        self.zone = zone
    }

    /// The IANA names without a slash.
    private static let singleWords: Set<String> = [
        "CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "GB", "GMT", "Greenwich", "HST",
        "Hongkong", "Iceland", "Iran", "Israel", "Jamaica", "Japan", "Kwajalein", "Libya", "MET", "MST",
        "MST7MDT",
        "NZ", "Navajo", "PRC", "PST8PDT", "Poland", "Portugal", "ROC", "ROK", "Singapore", "Turkey", "UCT",
        "UTC",
        "Universal", "W-SU", "WET", "Zulu",
    ]

    /// Coordinated universal time.
    public static let utc = Zone(utc: ())

    private init(utc: ()) {
        self.identifier = "UTC"
        self.zone = TimeZone.gmt
    }

    /// Seconds to add to UTC for the wall time at an instant.
    public func offset(at instant: Instant) -> Int {
        let seconds = instant.milliseconds.floored(by: 1000).quotient
        return zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds)))
    }

    /// What a clock in the zone shows.
    public func civil(of instant: Instant) -> CivilDateTime {
        CivilDateTime(milliseconds: instant.milliseconds + Int64(offset(at: instant)) * 1000)
    }

    /// The IANA name.
    public var description: String { identifier }

    /// Equal when the names are.
    public static func == (left: Self, right: Self) -> Bool { left.identifier == right.identifier }
    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(identifier) }

    /// Reads an IANA name.
    public init(from decoder: any Decoder) throws {
        let name = try decoder.singleValueContainer().decode(String.self)
        guard let zone = Zone(name) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "no such time zone: \(name)"))
        }
        self = zone
    }

    /// Writes the IANA name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(identifier)
    }
}
