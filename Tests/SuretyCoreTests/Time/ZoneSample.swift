import Foundation
import SuretyCore

/// A zone, and when its clocks were or will be set between 1970 and 2040: every change up to 10, else some of them.
struct ZoneSample: Sendable {
    let zone: Zone
    let changes: [Instant]

    /// Every zone that is known.
    static let all: [ZoneSample] = TimeZone.knownTimeZoneIdentifiers.sorted().compactMap { name in
        Zone(name).map(ZoneSample.init)
    }

    private init(_ zone: Zone) {
        self.zone = zone
        let stride: Int64 = 10 * 86_400
        var found: [Instant] = []
        var start: Int64 = 0
        var offset = zone.offset(at: Instant(seconds: 0))
        while start < 2_208_988_800 {
            let next = zone.offset(at: Instant(seconds: start + stride))
            if next != offset {
                var low = start
                var high = start + stride
                while high - low > 1 {
                    let middle = (low + high) / 2
                    if zone.offset(at: Instant(seconds: middle)) == offset {
                        low = middle
                    } else {
                        high = middle
                    }
                }
                found.append(Instant(seconds: high))
            }
            offset = next
            start += stride
        }
        // Odd, so that changes forward and back are both among them.
        let every = found.count / 10 | 1
        changes = found.enumerated().filter { $0.offset % every == 0 }.map(\.element)
    }
}
