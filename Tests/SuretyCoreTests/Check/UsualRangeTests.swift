import Foundation
import SuretyCore
import Testing

@Suite struct `The usual range` {
    @Test func `is the prediction interval of Student's t on the logarithm`() throws {
        let range = try #require(UsualRange([40, 41, 39, 40, 42]))
        #expect((range.usual - 40.387490126041776).magnitude < 1e-9)
        #expect((range.low - 35.034548523311585).magnitude < 1e-6)
        #expect((range.high - 46.53561260314042).magnitude < 1e-6)
        let (low, high) = range.bounds(ofCounts: true)
        #expect([low?.description, high?.description] == ["36", "46"])
        let (least, most) = range.bounds(ofCounts: false)
        #expect([least?.description, most?.description] == ["35.0345", "46.5357"])
    }

    @Test func `is about the values themselves once one is negative`() throws {
        let range = try #require(UsualRange([-2, -1, 1, 2]))
        #expect(!range.isOfShares)
        #expect(range.usual == 0)
        // The deviation of ±2, ±1 is √(10/3), and of the next value √(1 + 1/4) times that.
        #expect((range.high - 5.840909309733355 * (10.0 / 3 * 1.25).squareRoot()).magnitude < 1e-9)
        #expect(range.low == -range.high)
    }

    @Test func `takes four finite values`() {
        #expect(UsualRange([1, 2, 3]) == nil)
        #expect(UsualRange([1, 2, 3, .infinity]) == nil)
        #expect(UsualRange([1, 2, 3, 4]) != nil)
    }

    @Test(arguments: [0, 1, 4, 1000, 12_345_678, 9_000_000_000] as [Double])
    func `of a count that never changes is that count`(count: Double) throws {
        let (low, high) = try #require(UsualRange(Array(repeating: count, count: 6))).bounds(ofCounts: true)
        #expect(low == ExactNumber(Int64(count)))
        #expect(high == ExactNumber(Int64(count)))
    }

    @Test(arguments: [27.6, 0.1, 1234.5678, 1e-7, 1e15])
    func `of an amount that never changes holds that amount`(amount: Double) throws {
        let (low, high) = try #require(UsualRange(Array(repeating: amount, count: 6))).bounds(ofCounts: false)
        let exact = try #require(ExactNumber("\(amount)"))
        #expect(try #require(low) <= exact)
        #expect(try #require(high) >= exact)
    }

    @Test func `of wild values has no lowest or highest that is broken`() throws {
        let (low, high) = try #require(UsualRange([0, 1e300, 0, 1e300])).bounds(ofCounts: true)
        #expect(low == .zero)
        #expect(high == nil)
    }

    @Test func `does not depend on the order, holds its middle, and widens with the noise`() throws {
        var chance = SeededChance(seed: 7)
        for _ in 0..<500 {
            let values = chance.values(4 + Int(chance.next() % 30), around: 500, noise: 0.2)
            let range = try #require(UsualRange(values))
            let other = try #require(UsualRange(values.shuffled(using: &chance)))
            #expect((range.low - other.low).magnitude < 1e-6)
            #expect(range.low < range.usual)
            #expect(range.usual < range.high)
            let calmer = values.map { $0 + (range.usual - $0) / 2 }
            let narrow = try #require(UsualRange(calmer))
            #expect(narrow.high - narrow.low < range.high - range.low)
        }
    }

    @Test(arguments: [4, 8, 20])
    func `is left by hardly more than one in a hundred values of the same noise`(points: Int) throws {
        var chance = SeededChance(seed: UInt64(points))
        let alarms = try (0..<4000).count { _ in
            let earlier = chance.values(points, around: 1000, noise: 0.2)
            return try !#require(UsualRange(earlier)).holds(chance.values(1, around: 1000, noise: 0.2)[0])
        }
        #expect(alarms <= 80, "at most 2%")
        #expect(alarms >= 10, "the range is not so wide that it finds nothing")
    }

    @Test func `finds nearly every drop by half with eight earlier values`() throws {
        var chance = SeededChance(seed: 50)
        let found = try (0..<2000).count { _ in
            let earlier = chance.values(8, around: 1000, noise: 0.1)
            return try !#require(UsualRange(earlier)).holds(chance.values(1, around: 500, noise: 0.1)[0])
        }
        #expect(found >= 1900, "at least 95%")
    }
}

extension UsualRange {
    /// Whether a count lies inside.
    fileprivate func holds(_ count: Double) -> Bool {
        let (low, high) = bounds(ofCounts: true)
        let exact = ExactNumber(Int64(count))
        return low.map { exact >= $0 } ?? true && high.map { exact <= $0 } ?? true
    }
}

/// Chance that is the same for the same seed.
private struct SeededChance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Whole numbers around another with normal noise that is a share of it.
    mutating func values(_ count: Int, around middle: Double, noise: Double) -> [Double] {
        (0..<count).map { _ in
            let one = Double.random(in: .leastNonzeroMagnitude..<1, using: &self)
            let other = Double.random(in: 0..<1, using: &self)
            let normal = (-2 * log(one)).squareRoot() * cos(2 * .pi * other)
            return max(0, (middle * (1 + noise * normal)).rounded())
        }
    }
}
