import SuretyCore
import Testing

@Suite struct `Student's t` {
    @Test(arguments: [
        (1, 63.656741162871526), (2, 9.924843200918287), (3, 5.840909309733355), (4, 4.604094871349992),
        (7, 3.4994832973504924), (10, 3.16927267261695), (30, 2.7499956535672254), (55, 2.6682159884861933),
        (120, 2.6174211451068654),
    ])
    func `leaves one value in a hundred outside`(degrees: Int, wanted: Double) {
        let found = StudentT(degrees: degrees).quantile(chance: 0.99)
        #expect((found - wanted).magnitude < 1e-9 * wanted)
    }

    @Test(arguments: [(5, 0.95, 2.5705818356363146), (9, 0.5, 0.7027221467513188), (1, 0.5, 1)])
    func `knows other chances`(degrees: Int, chance: Double, wanted: Double) {
        #expect((StudentT(degrees: degrees).quantile(chance: chance) - wanted).magnitude < 1e-9)
    }

    @Test(arguments: 1...200)
    func `has quantiles that are the inverse of its chances, and fall with more degrees`(degrees: Int) {
        let student = StudentT(degrees: degrees)
        for chance in [0.001, 0.1, 0.5, 0.9, 0.99, 0.9999] {
            let quantile = student.quantile(chance: chance)
            #expect((student.chance(within: quantile) - chance).magnitude < 1e-9)
            #expect(quantile > StudentT(degrees: degrees + 1).quantile(chance: chance))
        }
        #expect(student.chance(within: 0) == 0)
    }
}
