/// The order of decimal numbers by their digits, exact for any length.
struct DecimalOrder: Comparable {
    private let isNegative: Bool
    /// Significant digits without leading or trailing zeros; empty for zero.
    private let digits: [UInt8]
    /// The place of the decimal point, counted from before the first digit.
    private let point: Int

    /// Reads `-12.50e3`; nil if the text is no number, or its exponent is beyond four digits.
    init?(_ text: some StringProtocol) {
        var rest = Array(text.utf8)[...]
        let sign = rest.first
        let signed = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
        if signed { rest = rest.dropFirst() }
        var whole = rest.prefix(while: Self.isDigit)
        rest = rest.dropFirst(whole.count)
        guard !whole.isEmpty else { return nil }
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            fraction = rest.dropFirst().prefix(while: Self.isDigit)
            guard !fraction.isEmpty else { return nil }
            rest = rest.dropFirst(fraction.count + 1)
        }
        var exponent = 0
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            let written = String(decoding: rest.dropFirst(), as: UTF8.self)
            guard written.utf8.count <= 5, let value = Int(written) else { return nil }
            exponent = value
            rest = []
        }
        guard rest.isEmpty else { return nil }
        whole = whole.drop { $0 == UInt8(ascii: "0") }
        let all = Array(whole + fraction)
        let leadingZeros = all.prefix { $0 == UInt8(ascii: "0") }.count
        var significant = all.dropFirst(leadingZeros)
        while significant.last == UInt8(ascii: "0") { significant = significant.dropLast() }
        digits = Array(significant)
        point = digits.isEmpty ? 0 : whole.count - leadingZeros + exponent
        isNegative = sign == UInt8(ascii: "-") && !digits.isEmpty
    }

    static func < (left: Self, right: Self) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? right.isSmaller(than: left) : left.isSmaller(than: right)
    }

    private func isSmaller(than other: Self) -> Bool {
        if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
        return point == other.point ? digits.lexicographicallyPrecedes(other.digits) : point < other.point
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
