import SuretyCore

extension Planner {
    /// Whether a slice's certificate holds and rests on inputs that hold.
    func isCurrent(_ key: StepKey) -> Bool {
        if case .current = standing(of: key) { return true }
        return false
    }
}
