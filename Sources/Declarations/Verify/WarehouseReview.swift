import SuretyCore

/// Looks whether the warehouse can hold what is declared.
struct WarehouseReview {
    /// What is looked at.
    let review: ProjectReview
    /// Which assets stand behind which.
    let chains: Chains
    private var reading: Reading { review.reading }
    private var isEmbedded: Bool { review.catalog.project.mainWarehouse.isEmbedded }

    /// A review of assets against their warehouse.
    init(review: ProjectReview, chains: Chains) {
        self.review = review
        self.chains = chains
    }

    /// Notes all that is wrong.
    func run() {
        for declared in review.assets {
            refuseSchema(declared.asset)
            if isEmbedded { warnOfPatterns(declared.asset) }
            warnOfCrossChecks(declared.asset)
        }
        refuseSameNames()
        guard isEmbedded else { return }
        limitSchemas()
        for declared in review.promises where declared.promise.tier == .one {
            reading.warning(
                declared.promise.location,
                "the promise `\(declared.promise.id)` of tier 1 is kept on the embedded warehouse",
                hint: "Use PostgreSQL for what leadership and billing rest on.")
        }
    }

    private func refuseSchema(_ asset: Asset) {
        let schema = asset.name.schema.lowercased()
        let taken = ["surety", "certified"] + (isEmbedded ? ["main", "temp"] : [])
        if taken.contains(schema) {
            reading.error(
                asset.location, "the schema `\(asset.name.schema)` cannot hold assets",
                hint: ["surety", "certified"].contains(schema)
                    ? "It is Surety's own." : "The embedded warehouse uses it itself.")
        }
        if asset.guardedByTrigger, isEmbedded {
            reading.error(
                asset.location, "`guard: trigger` of the asset `\(asset.name)` needs PostgreSQL",
                hint: "Leave it out on the embedded warehouse.")
        }
    }

    private func limitSchemas() {
        let schemas = Set(review.assets.map(\.asset.name.schema)).sorted()
        guard schemas.count > 8, let last = review.assets.first(where: { $0.asset.name.schema == schemas[8] })
        else { return }
        reading.error(
            last.asset.location, "the embedded warehouse holds at most 8 schemas, not \(schemas.count)",
            hint: "Use fewer, or PostgreSQL.")
    }

    private func refuseSameNames() {
        var taken: [String: AssetName] = [:]
        for declared in review.assets {
            switch declared.asset.publish {
            case .inPlace: continue
            case .view, .certifiedIntervals: break
            }
            if let first = taken[declared.publishedName] {
                reading.error(
                    declared.fields.place("publish"),
                    "`\(first)` and `\(declared.asset.name)` are both published as "
                        + "`certified.\(declared.publishedName)`",
                    hint: "Write `as: NAME` beside one `publish`.")
            } else {
                taken[declared.publishedName] = declared.asset.name
            }
        }
    }

    private func warnOfCrossChecks(_ asset: Asset) {
        var upstream: Set<AssetName>?
        for check in asset.ready + asset.stop + asset.warn {
            guard case .cross(_, _, let other) = check.body, review.catalog.assets[other.table] != nil,
                other.table != asset.name
            else { continue }
            let known = upstream ?? chains.upstream(of: asset.name)
            upstream = known
            if !known.contains(other.table) {
                reading.warning(
                    check.location,
                    "`\(asset.name)` is compared with `\(other.table)`, which is an asset but not one of its inputs",
                    hint: "Add it to `needs`, so that it is certified first.")
            }
        }
    }

    private func warnOfPatterns(_ asset: Asset) {
        for check in asset.ready + asset.stop + asset.warn {
            let pattern: String
            switch check.body {
            case .row(.matches(_, let text)), .row(.doesNotMatch(_, let text)): pattern = text
            case .metric, .relative, .row, .schema, .fresh, .noGaps, .cross, .sql, .insideInterval: continue
            }
            if let escape = PostgresPattern.onlyThere(pattern) {
                reading.warning(
                    check.location, "`\(escape)` is a regular expression's escape that only PostgreSQL knows",
                    hint: "On the embedded warehouse the check cannot be asked, or means something else.")
            }
        }
    }
}

/// What regular expressions mean on PostgreSQL only.
enum PostgresPattern {
    /// The first piece of a pattern that other engines do not know, or read otherwise.
    static func onlyThere(_ pattern: String) -> String? {
        if pattern.hasPrefix("***") { return String(pattern.prefix(4)) }
        for word in ["[[:<:]]", "[[:>:]]", "[[.", "[[="] where pattern.contains(word) { return word }
        var isEscaped = false
        for character in pattern {
            if isEscaped, "mMyYbB".contains(character) { return "\\\(character)" }
            isEscaped = !isEscaped && character == "\\"
        }
        return nil
    }
}
