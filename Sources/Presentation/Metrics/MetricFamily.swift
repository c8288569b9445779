import SuretyCore

/// One metric with its samples, in the Prometheus text format 0.0.4.
struct MetricFamily {
    /// What kind of number it is.
    enum Kind: String {
        case gauge, counter, histogram
    }

    private let name: String
    private let kind: Kind
    private let help: String
    private var samples = ""

    init(_ name: String, _ kind: Kind, _ help: String) {
        self.name = "surety_\(name)"
        self.kind = kind
        self.help = help
    }

    /// Adds a whole number, under labels in the order given.
    mutating func add(_ value: some BinaryInteger, _ labels: KeyValuePairs<String, String> = [:]) {
        write(String(value), pairs(labels))
    }

    /// Adds a number, under labels in the order given.
    mutating func add(_ value: Double, _ labels: KeyValuePairs<String, String> = [:]) {
        write(MetricFamily.text(of: value), pairs(labels))
    }

    /// Adds how long runs took: how many within each bound, all seconds, and how many runs.
    mutating func add(_ durations: RunDurations, _ labels: KeyValuePairs<String, String>) {
        for bound in RunDurations.bounds {
            write(String(durations.count(upTo: bound)), pairs(labels) + [("le", String(bound))], "_bucket")
        }
        write(String(durations.count), pairs(labels) + [("le", "+Inf")], "_bucket")
        write(MetricFamily.text(of: Double(durations.milliseconds) / 1000), pairs(labels), "_sum")
        write(String(durations.count), pairs(labels), "_count")
    }

    private func pairs(_ labels: KeyValuePairs<String, String>) -> [(String, String)] {
        labels.map { ($0.key, $0.value) }
    }

    private mutating func write(_ value: String, _ labels: [(String, String)], _ suffix: String = "") {
        samples += name + suffix
        if !labels.isEmpty {
            let pairs = labels.map { "\($0.0)=\"\(MetricFamily.escaped($0.1))\"" }
            samples += "{" + pairs.joined(separator: ",") + "}"
        }
        samples += " \(value)\n"
    }

    /// HELP, TYPE and the samples; nothing where there is no sample.
    var text: String {
        samples.isEmpty ? "" : "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n\(samples)"
    }

    /// A label's value with backslashes, quotes and line feeds escaped.
    static func escaped(_ value: String) -> String {
        var text = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            case _: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    private static func text(of value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        if value == value.rounded(), abs(value) < 9_007_199_254_740_992 { return String(Int64(value)) }
        return "\(value)"
    }
}
