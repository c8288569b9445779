extension DataInterval {
    /// The wall time of its start by a pattern: `yyyy`, `MM`, `dd`, `HH` are replaced, all else stands as it is.
    public func formatted(pattern: String) -> String {
        let civil = civilStart
        let (year, month, day) = civil.date.parts
        let fields = [
            ("yyyy", padded(year, 4)), ("MM", padded(month, 2)), ("dd", padded(day, 2)),
            ("HH", padded(civil.time.hour, 2)),
        ]
        var text = ""
        var rest = Substring(pattern)
        while let first = rest.first {
            if let (name, value) = fields.first(where: { rest.hasPrefix($0.0) }) {
                text += value
                rest = rest.dropFirst(name.count)
            } else {
                text.append(first)
                rest = rest.dropFirst()
            }
        }
        return text
    }
}

extension String {
    /// The text with `{{interval}}`, `{{interval:PATTERN}}`, `{{asset}}` and `{{run}}` filled in; what is nil or not
    /// known stands as it is.
    public func filling(slice: Slice? = nil, asset: AssetName? = nil, run: RunID? = nil) -> String {
        fillingTemplate(self, slice: slice, asset: asset, run: run)
    }
}

/// Fills `{{interval}}`, `{{interval:PATTERN}}`, `{{asset}}` and `{{run}}` in; what is nil or not known stands as it is.
///
/// The whole table is `the whole table`, whatever the pattern.
public func fillingTemplate(
    _ text: String, slice: Slice? = nil, asset: AssetName? = nil, run: RunID? = nil
) -> String {
    var filled = ""
    var rest = Substring(text)
    while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
        let name = rest[open.upperBound..<close.lowerBound]
        let value: String?
        switch name.filter({ !$0.isWhitespace }) {
        case "interval": value = slice?.description
        case "asset": value = asset?.description
        case "run": value = run?.description
        case _ where name.hasPrefix("interval:"):
            value = slice.map { slice in
                slice.interval?.formatted(pattern: String(name.dropFirst("interval:".count)))
                    ?? slice.description
            }
        case _: value = nil
        }
        filled += rest[..<open.lowerBound] + (value ?? String(rest[open.lowerBound..<close.upperBound]))
        rest = rest[close.upperBound...]
    }
    return filled + rest
}
