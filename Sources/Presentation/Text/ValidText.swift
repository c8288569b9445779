public import SuretyCore

/// What `validate` says when all is well.
public enum ValidText {
    /// `valid: 3 promises, 9 assets, 41 checks, 1 consumer`, with a line feed; empty where nothing was read.
    public static func text(_ catalog: Catalog?) -> String {
        guard let catalog else { return "" }
        let checks = catalog.assets.values.map { $0.ready.count + $0.stop.count + $0.warn.count }
        let counts = [
            count(catalog.promises.count, "promise"), count(catalog.assets.count, "asset"),
            count(checks.reduce(0, +), "check"), count(catalog.consumers.count, "consumer"),
        ]
        return "valid: \(counts.joined(separator: ", "))\n"
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
