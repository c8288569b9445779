import Foundation

/// Student's t distribution with a whole number of degrees of freedom.
public struct StudentT: Hashable, Sendable {
    /// Degrees of freedom, at least 1.
    public let degrees: Int

    /// The distribution with so many degrees of freedom.
    public init(degrees: Int) { self.degrees = max(1, degrees) }

    /// How likely a value lies between `-t` and `t`.
    public func chance(within t: Double) -> Double { chance(angle: atan(t / Double(degrees).squareRoot())) }

    /// The `t` with which a value lies between `-t` and `t` with a chance, which is above 0 and below 1.
    public func quantile(chance wanted: Double) -> Double {
        var (low, high) = (0.0, Double.pi / 2)
        // Each step halves what is not known yet, until no floating-point number lies between.
        while true {
            let middle = (low + high) / 2
            guard low < middle, middle < high else { break }
            if chance(angle: middle) < wanted { low = middle } else { high = middle }
        }
        return Double(degrees).squareRoot() * tan(low)
    }

    /// For whole degrees of freedom the chance is a finite sum over powers of the cosine of the angle whose tangent is
    /// `t / √degrees`.
    private func chance(angle: Double) -> Double {
        let (sine, cosine) = (sin(angle), cos(angle))
        let isOdd = !degrees.isMultiple(of: 2)
        var term = isOdd ? cosine : 1
        var sum = degrees == 1 ? 0 : term
        for step in stride(from: isOdd ? 3 : 2, to: degrees, by: 2) {
            term *= cosine * cosine * Double(step - 1) / Double(step)
            sum += term
        }
        return isOdd ? (angle + sine * sum) * 2 / .pi : sine * sum
    }
}
