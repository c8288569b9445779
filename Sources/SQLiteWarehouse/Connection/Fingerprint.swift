import CheckSQL

/// The same for the same rows in any order, and another as soon as a row changes, comes or goes.
struct Fingerprint: SQLiteFunctions.AggregateState {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    mutating func step(_ values: [SQLiteFunctions.Value]) {
        var one: UInt64 = 0xcbf2_9ce4_8422_2325
        var other: UInt64 = 0x9e37_79b9_7f4a_7c15
        func take(_ byte: UInt8) {
            one = (one ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
            other = (other ^ UInt64(byte)) &* 0xff51_afd7_ed55_8ccd
            other ^= other >> 29
        }
        func take(_ bits: UInt64) {
            for shift in stride(from: 0, to: 64, by: 8) {
                take(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
            }
        }
        for value in values {
            switch value {
            case .null: take(UInt8(0))
            case .integer(let number):
                take(UInt8(1))
                take(UInt64(bitPattern: number))
            case .real(let number):
                take(UInt8(2))
                take(number.bitPattern)
            case .text(let text):
                take(UInt8(3))
                take(UInt64(text.utf8.count))
                for byte in text.utf8 { take(byte) }
            }
        }
        // Sums do not depend on the order; mixing first keeps related rows from cancelling each other out.
        low &+= mixed(one)
        high &+= mixed(other ^ (one << 1))
    }

    func finish() -> SQLiteFunctions.Value { .text(hex(high) + hex(low)) }

    private func mixed(_ bits: UInt64) -> UInt64 {
        var bits = bits
        bits ^= bits >> 33
        bits &*= 0xff51_afd7_ed55_8ccd
        bits ^= bits >> 33
        bits &*= 0xc4ce_b9fe_1a85_ec53
        return bits ^ (bits >> 33)
    }

    private func hex(_ bits: UInt64) -> String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
