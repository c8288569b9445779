extension Asset {
    /// The slice with a label; nil if the label is none of this asset's.
    public func slice(labelled label: String?) -> Slice? {
        guard let rule = interval else { return label == nil ? .whole : nil }
        return label.flatMap { rule.cadence.interval(labelled: $0) }.map { .interval($0) }
    }
}
