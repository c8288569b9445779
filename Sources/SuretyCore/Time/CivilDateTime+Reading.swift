extension CivilDateTime {
    /// A wall time as read from text, with its fraction and the offset that was written beside it.
    public struct Reading: Hashable, Sendable {
        /// The wall time.
        public let civil: CivilDateTime
        /// The fraction of a second, 0 to 999.
        public let milliseconds: Int
        /// Seconds to subtract for UTC; nil: none was written.
        public let offsetSeconds: Int?
    }

    /// Reads `YYYY-MM-DDTHH:MM[:SS[.fraction]][Z|±HH:MM]`; nil if it is anything else.
    public static func reading(_ text: String) -> Reading? {
        parseDateTime(text).map {
            Reading(civil: $0.0, milliseconds: $0.milliseconds, offsetSeconds: $0.offset)
        }
    }
}
