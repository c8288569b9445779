/// A decimal number of any size, reckoned without rounding; verdicts never rest on floating point.
public struct ExactNumber: Sendable {
    /// Whether it is below zero; zero is not.
    public let isNegative: Bool
    /// Its decimal digits, the most significant first, without leading zeros; none for zero.
    let digits: [UInt8]
    /// How many of the digits stand after the point.
    public let scale: Int

    /// The longest exponent that is read, so that a short text never asks for a huge number.
    private static let longestExponent = 20_000

    init(isNegative: Bool, digits: some Collection<UInt8>, scale: Int) {
        self.digits = Array(digits.drop { $0 == 0 })
        self.isNegative = isNegative && !self.digits.isEmpty
        self.scale = scale
    }

    /// A whole number.
    public init(_ number: some BinaryInteger) {
        let text = String(number)
        self.init(isNegative: number < 0, digits: text.utf8.filter { $0 != 45 }.map { $0 - 48 }, scale: 0)
    }

    /// Reads digits with a sign, a point and an exponent where there are any; nil if it is anything else.
    public init?(_ text: some StringProtocol) {
        var bytes = Array(text.utf8)[...]
        var exponent = 0
        if let mark = bytes.firstIndex(where: { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }) {
            guard let power = Int(String(decoding: bytes[(mark + 1)...], as: UTF8.self)),
                power.magnitude <= Self.longestExponent
            else { return nil }
            exponent = power
            bytes = bytes[..<mark]
        }
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count) else { return nil }
        var digits = parts.flatMap { $0.map { $0 &- 48 } }
        guard !digits.isEmpty, digits.allSatisfy({ $0 < 10 }) else { return nil }
        var scale = (parts.count == 2 ? parts[1].count : 0) - exponent
        if scale < 0 {
            digits += repeatElement(0, count: -scale)
            scale = 0
        }
        self.init(isNegative: isNegative, digits: digits, scale: scale)
    }

    /// Zero.
    public static let zero = ExactNumber(0)
    /// Whether it is zero.
    public var isZero: Bool { digits.isEmpty }
    /// The same without its sign.
    public var magnitude: ExactNumber { ExactNumber(isNegative: false, digits: digits, scale: scale) }
    /// The nearest floating-point number.
    public var double: Double { Double(description) ?? .nan }

    /// The same with its sign turned.
    public static prefix func - (number: Self) -> Self {
        Self(isNegative: !number.isNegative, digits: number.digits, scale: number.scale)
    }

    /// The sum.
    public static func + (left: Self, right: Self) -> Self {
        let scale = max(left.scale, right.scale)
        let (one, other) = (left.digits(at: scale), right.digits(at: scale))
        if left.isNegative == right.isNegative {
            return Self(isNegative: left.isNegative, digits: Digits.sum(one, other), scale: scale)
        }
        return Digits.isLess(one, other)
            ? Self(isNegative: right.isNegative, digits: Digits.difference(other, one), scale: scale)
            : Self(isNegative: left.isNegative, digits: Digits.difference(one, other), scale: scale)
    }

    /// The difference.
    public static func - (left: Self, right: Self) -> Self { left + -right }

    /// The product.
    public static func * (left: Self, right: Self) -> Self {
        Self(
            isNegative: left.isNegative != right.isNegative,
            digits: Digits.product(left.digits, right.digits),
            scale: left.scale + right.scale)
    }

    /// The quotient, rounded half away from zero to so many places; the divisor is not zero.
    public func divided(by divisor: Self, places: Int) -> Self {
        // One digit more than asked for, so that it can be rounded away.
        let shift = places + 1 + divisor.scale - scale
        let dividend = digits + repeatElement(0, count: max(0, shift))
        let quotient = Digits.quotient(dividend, divisor.digits + repeatElement(0, count: max(0, -shift)))
        return Self(isNegative: isNegative != divisor.isNegative, digits: quotient, scale: places + 1)
            .rounded(to: places)
    }

    /// The square root of a number that is not negative, rounded to so many places.
    public func squareRoot(places: Int) -> Self {
        let even = 2 * (places + 1)
        let root = Digits.squareRoot(divided(by: ExactNumber(1), places: even).digits)
        return Self(isNegative: false, digits: root, scale: places + 1).rounded(to: places)
    }

    /// Rounded half away from zero to so many places, or filled up to them with zeros.
    public func rounded(to places: Int) -> Self {
        guard scale > places else {
            return Self(isNegative: isNegative, digits: digits(at: places), scale: places)
        }
        let cut = scale - places
        guard digits.count >= cut else { return Self(isNegative: false, digits: [], scale: places) }
        let kept = digits.dropLast(cut)
        let up = digits[digits.count - cut] >= 5
        return Self(
            isNegative: isNegative, digits: up ? Digits.sum(Array(kept), [1]) : Array(kept), scale: places)
    }

    /// The same without zeros at the end of its places.
    public var withoutTrailingZeros: Self {
        let zeros = min(scale, digits.reversed().prefix { $0 == 0 }.count)
        guard !isZero else { return .zero }
        return Self(isNegative: isNegative, digits: digits.dropLast(zeros), scale: scale - zeros)
    }

    /// The power of ten of its first digit; 0 for zero.
    var leadingExponent: Int { isZero ? 0 : digits.count - scale - 1 }

    private func digits(at newScale: Int) -> [UInt8] {
        digits.isEmpty ? [] : digits + repeatElement(0, count: newScale - scale)
    }
}

extension ExactNumber: Comparable, Hashable, CustomStringConvertible {
    /// Whether the two are the same number, whatever their places.
    public static func == (left: Self, right: Self) -> Bool { !(left < right) && !(right < left) }

    /// Orders by size.
    public static func < (left: Self, right: Self) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        let scale = max(left.scale, right.scale)
        let (one, other) = (left.digits(at: scale), right.digits(at: scale))
        return left.isNegative ? Digits.isLess(other, one) : Digits.isLess(one, other)
    }

    /// Hashes the number, whatever its places.
    public func hash(into hasher: inout Hasher) {
        let short = withoutTrailingZeros
        hasher.combine(short.isNegative)
        hasher.combine(short.digits)
        hasher.combine(short.scale)
    }

    /// Plain digits with as many places as it has.
    public var description: String {
        let padded = repeatElement(0, count: max(0, scale + 1 - digits.count)) + digits
        var text = String(decoding: padded.map { $0 + 48 }, as: UTF8.self)
        if scale > 0 { text.insert(".", at: text.index(text.endIndex, offsetBy: -scale)) }
        return isNegative ? "-" + text : text
    }
}
