/// Schoolbook arithmetic on decimal digits, the most significant first, without leading zeros.
enum Digits {
    static func isLess(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count ? one.lexicographicallyPrecedes(other) : one.count < other.count
    }

    static func sum(_ one: [UInt8], _ other: [UInt8]) -> [UInt8] {
        let (long, short) = one.count >= other.count ? (one, other) : (other, one)
        var result = long
        var carry: UInt8 = 0
        var index = long.count - 1
        var offset = short.count - 1
        while index >= 0, offset >= 0 || carry > 0 {
            let digit = result[index] + carry + (offset >= 0 ? short[offset] : 0)
            result[index] = digit % 10
            carry = digit / 10
            index -= 1
            offset -= 1
        }
        return carry > 0 ? [carry] + result : result
    }

    /// The difference of a number and one that is not larger.
    static func difference(_ one: [UInt8], _ other: [UInt8]) -> [UInt8] {
        var result = one
        var borrow: UInt8 = 0
        var index = one.count - 1
        var offset = other.count - 1
        while index >= 0, offset >= 0 || borrow > 0 {
            let taken = borrow + (offset >= 0 ? other[offset] : 0)
            borrow = result[index] < taken ? 1 : 0
            result[index] = result[index] + borrow * 10 - taken
            index -= 1
            offset -= 1
        }
        return Array(result.drop { $0 == 0 })
    }

    static func product(_ one: [UInt8], _ other: [UInt8]) -> [UInt8] {
        guard !one.isEmpty, !other.isEmpty else { return [] }
        var result = [Int](repeating: 0, count: one.count + other.count)
        for (index, digit) in one.enumerated() {
            for (offset, factor) in other.enumerated() {
                result[index + offset + 1] += Int(digit) * Int(factor)
            }
        }
        for index in result.indices.dropFirst().reversed() {
            result[index - 1] += result[index] / 10
            result[index] %= 10
        }
        return result.drop { $0 == 0 }.map { UInt8($0) }
    }

    /// The whole part of the quotient; the divisor is not zero.
    static func quotient(_ dividend: [UInt8], _ divisor: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var rest: [UInt8] = []
        for digit in dividend {
            if !rest.isEmpty || digit > 0 { rest.append(digit) }
            var count: UInt8 = 0
            while !isLess(rest, divisor) {
                rest = difference(rest, divisor)
                count += 1
            }
            result.append(count)
        }
        return Array(result.drop { $0 == 0 })
    }

    /// The whole part of the square root, found digit by digit.
    static func squareRoot(_ number: [UInt8]) -> [UInt8] {
        var root: [UInt8] = []
        var rest: [UInt8] = []
        let padded = number.count.isMultiple(of: 2) ? number : [0] + number
        for index in stride(from: 0, to: padded.count, by: 2) {
            rest = Array((rest + padded[index..<(index + 2)]).drop { $0 == 0 })
            let twice = product(root, [2])
            var digit: UInt8 = 0
            var taken: [UInt8] = []
            for candidate: UInt8 in 1...9 {
                let next = product(twice + [candidate], [candidate])
                if isLess(rest, next) { break }
                digit = candidate
                taken = next
            }
            rest = difference(rest, taken)
            if !root.isEmpty || digit > 0 { root.append(digit) }
        }
        return root
    }
}
