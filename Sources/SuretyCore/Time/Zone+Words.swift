extension Zone {
    /// An instant as people of the zone read it: `2026-04-01 08:00 +01:00`, with seconds where there are any.
    public func words(_ instant: Instant) -> String {
        let civil = civil(of: instant)
        let offset = offset(at: instant)
        let size = Int(offset.magnitude)
        return "\(civil.date) \(civil.time) " + (offset < 0 ? "-" : "+") + padded(size / 3600, 2) + ":"
            + padded(size / 60 % 60, 2)
    }
}
