import SuretyCore
import Testing

@Suite struct `Exact numbers` {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("007", "7"), ("+1.50", "1.50"), (".5", "0.5"), ("5.", "5"),
        ("-12.30", "-12.30"),
        ("1e3", "1000"), ("1.25e1", "12.5"), ("1E-3", "0.001"), ("1e+20", "100000000000000000000"),
    ])
    func `are read and printed without loss`(text: String, printed: String) {
        #expect(ExactNumber(text)?.description == printed)
    }

    @Test(arguments: ["", "-", ".", "1.2.3", "NaN", "Infinity", "1e", "1e99999999", "0x1", " 1", "１"])
    func `refuse what is no number`(text: String) {
        #expect(ExactNumber(text) == nil)
    }

    @Test(arguments: [
        ("0.1", "0.2", "0.3"), ("-1", "0.01", "-0.99"),
        ("99999999999999999999", "1", "100000000000000000000"),
        ("5", "-5", "0"), ("-0.5", "-0.5", "-1.0"), ("1000", "-1", "999"),
    ])
    func `add exactly`(one: String, other: String, sum: String) throws {
        let (one, other) = (try #require(ExactNumber(one)), try #require(ExactNumber(other)))
        #expect((one + other) == ExactNumber(sum))
        #expect((other + one) == ExactNumber(sum))
        #expect((one + other) - other == one)
    }

    @Test(arguments: [
        ("10", "3", 4, "3.3333"), ("2", "3", 2, "0.67"), ("-1", "8", 2, "-0.13"),
        ("1", "1000000", 3, "0.000"),
        ("0", "7", 1, "0.0"), ("12345678901234567890", "10", 0, "1234567890123456789"),
        ("1", "0.25", 1, "4.0"),
        ("0.015", "1", 2, "0.02"), ("999.9999", "1", 2, "1000.00"),
    ])
    func `divide to so many places, half away from zero`(
        one: String, other: String, places: Int, quotient: String
    ) throws {
        let (one, other) = (try #require(ExactNumber(one)), try #require(ExactNumber(other)))
        #expect(one.divided(by: other, places: places).description == quotient)
    }

    @Test(arguments: [
        ("2", 5, "1.41421"), ("0", 2, "0.00"), ("144", 0, "12"), ("0.0001", 3, "0.010"),
        ("99.99", 4, "9.9995"),
    ])
    func `have square roots`(text: String, places: Int, root: String) throws {
        #expect(try #require(ExactNumber(text)).squareRoot(places: places).description == root)
    }

    @Test func `of small whole numbers agree with the machine's`() {
        for one in stride(from: -120, through: 120, by: 7) {
            for other in stride(from: -40, through: 40, by: 3) {
                let (x, y) = (ExactNumber(one), ExactNumber(other))
                #expect((x + y).description == String(one + other))
                #expect((x - y).description == String(one - other))
                #expect((x * y).description == String(one * other))
                #expect((x < y) == (one < other))
                #expect((x == y) == (one == other))
                if other != 0 {
                    #expect(x.divided(by: y, places: 6).double.isNear(Double(one) / Double(other)))
                }
            }
        }
    }

    /// As PostgreSQL 15 prints `select a::numeric / b`.
    @Test(arguments: [
        ("8", "4", "2.0000000000000000"), ("10", "3", "3.3333333333333333"),
        ("1", "3", "0.33333333333333333333"),
        ("100000", "3", "33333.333333333333"), ("27.60", "4", "6.9000000000000000"),
        ("2", "10000", "0.00020000000000000000"),
    ])
    func `divide with PostgreSQL's places`(one: String, other: String, printed: String) throws {
        let (one, other) = (try #require(ExactNumber(one)), try #require(ExactNumber(other)))
        #expect(one.divided(by: other, places: one.placesOfQuotient(by: other)).description == printed)
    }

    @Test(arguments: [
        ("0", "PT0S"), ("0.5", "PT0.5S"), ("60", "PT1M"), ("3600", "PT1H"), ("86400", "P1D"),
        ("90061.25", "P1DT1H1M1.25S"),
        ("86401", "P1DT1S"), ("-90", "-PT1M30S"),
    ])
    func `are lengths of time in ISO 8601`(seconds: String, text: String) throws {
        #expect(try #require(ExactNumber(seconds)).isoDuration == text)
    }
}

extension Double {
    fileprivate func isNear(_ other: Double) -> Bool { (self - other).magnitude < 0.000_001 }
}
