import Testing

@testable import SuretyCore

/// Expected values were computed elsewhere: slopes and chances as SciPy's `theilslopes` and the Mann–Kendall test with
/// its correction for continuity and for ties define them.
@Suite struct `figures over small samples` {
    @Test(
        arguments: [
            ([], nil), ([7], 7), ([3, 1], 2), ([9, 1, 5], 5), ([4, 1, 3, 2], 2.5), ([-10, 600, 2, 2], 2),
        ] as [([Double], Double?)])
    func `the median is the value in the middle`(values: [Double], expected: Double?) {
        #expect(values.median == expected)
    }

    @Test(
        arguments: [
            ([15, 20, 35, 40, 50], 5, 15), ([15, 20, 35, 40, 50], 30, 20), ([15, 20, 35, 40, 50], 40, 20),
            ([15, 20, 35, 40, 50], 50, 35), ([15, 20, 35, 40, 50], 100, 50), ([50, 15, 40, 20, 35], 90, 50),
            ([15], 0, 15), ([], 50, nil), ((1...10).map(Double.init), 10, 1),
            ((1...11).map(Double.init), 10, 2),
            ((1...20).map(Double.init), 95, 19), ((1...20).map(Double.init), 90, 18),
        ] as [([Double], Int, Double?)])
    func `a percentile is the smallest value that so many percent do not exceed`(
        values: [Double], percent: Int, expected: Double?
    ) {
        #expect(Statistics.percentile(percent, of: values) == expected)
    }

    @Test func `a percentile is a value of the sample, whatever its size`() {
        for count in 1...400 {
            let values = (1...count).map(Double.init)
            for percent in [10, 50, 90, 95] {
                let rank = (percent * count + 99) / 100
                #expect(Statistics.percentile(percent, of: values) == Double(rank))
            }
        }
    }

    @Test(
        arguments: [
            ([5], nil),
            ([], nil),
            ([1, 3], 2.0),
            ([10, 8, 6, 4, 2], -2.0),
            ([1, 2, 3, 4, 100], 1.0),
            ([3, 3, 3, 3, 3], 0.0),
            ([12, 11, 9, 10, 7, 8, 5, 6, 3, 4], -1.0),
            ([1, 1, 2, 2, 3, 3, 4, 4], 0.5),
            ([4, 1, 3, 2], -0.5833333333333333),
            ([100, 90, 95, 80, 85, 70, 78, 60, 66, 50, 58, 40], -5.0),
            ([2, 9, 4, 7, 1, 8, 3, 6, 5, 10], 0.4),
        ] as [([Double], Double?)])
    func `the slope is the median of the slopes between all pairs`(values: [Double], expected: Double?) throws
    {
        guard let expected else {
            #expect(Statistics.slope(values) == nil)
            return
        }
        #expect(abs(try #require(Statistics.slope(values)) - expected) < 1e-9)
    }

    @Test(
        arguments: [
            ([5], 1),
            ([], 1),
            ([1, 3], 1),
            ([10, 8, 6, 4, 2], 0.0274863361115103),
            ([1, 2, 3, 4, 100], 0.0274863361115103),
            ([3, 3, 3, 3, 3], 1),
            ([12, 11, 9, 10, 7, 8, 5, 6, 3, 4], 0.00128218374180533),
            ([1, 1, 2, 2, 3, 3, 4, 4], 0.00331580440157442),
            ([4, 1, 3, 2], 0.734095182319476),
            ([100, 90, 95, 80, 85, 70, 78, 60, 66, 50, 58, 40], 0.000162275566476078),
            ([2, 9, 4, 7, 1, 8, 3, 6, 5, 10], 0.47427435076733),
        ] as [([Double], Double)])
    func `the chance of a trend counts pairs that rise against those that fall`(
        values: [Double], expected: Double
    ) {
        #expect(abs(Statistics.chance(values) - expected) < 1e-9)
    }
}
