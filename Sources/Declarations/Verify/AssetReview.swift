import SuretyCore

/// Looks whether the parts of one asset's declaration fit together.
struct AssetReview {
    /// Where findings go.
    let reading: Reading
    /// Everything that was read.
    let catalog: Catalog
    /// The asset.
    let declared: AssetReader.Declared
    private var asset: Asset { declared.asset }
    private var fields: Fields { declared.fields }

    /// A review of one asset.
    init(reading: Reading, catalog: Catalog, declared: AssetReader.Declared) {
        self.reading = reading
        self.catalog = catalog
        self.declared = declared
    }

    /// Notes all that is wrong.
    func run() {
        refuseZonelessHours()
        lookAtPublication()
        lookAtWriting()
        lookAtLateRows()
        lookAtSource()
        // What an interval that cannot be read would have given is not known.
        if fields.has("interval"), asset.interval == nil { return }
        SQLReview(reading: reading, asset: asset, place: { fields.valuePlace($0) }).run()
    }

    /// An hour of a wall time without a zone happens twice when clocks go back.
    private func refuseZonelessHours() {
        guard let rule = asset.interval, rule.isUnclearWithoutZone else {
            return
        }
        for check in asset.ready + asset.stop + asset.warn {
            guard case .schema(let schema) = check.body,
                let type = schema.columns.first(where: { $0.name.isExactly(rule.column) })?.type,
                isZoneless(type)
            else { continue }
            reading.error(
                fields.valuePlace("interval"),
                rule.unclearHours(of: "`\(rule.column)`", "`\(type)`"),
                hint: IntervalRule.unclearHoursHint)
            return
        }
    }

    private func isZoneless(_ type: String) -> Bool {
        let words = type.lowercased().split { $0.isWhitespace || $0 == "(" || $0 == ")" }
            .filter { !$0.allSatisfy(\.isNumber) }.joined(separator: " ")
        return ["timestamp", "timestamp without time zone"].contains(words)
    }

    private func lookAtPublication() {
        switch asset.publish {
        case .inPlace: break
        case .view:
            if asset.build?.write != .replaceTable || !writesRows {
                reading.error(
                    fields.place("publish"), "`publish: view` is only for `write: replace table`",
                    hint: "Use `publish: certified intervals`.")
            }
        case .certifiedIntervals:
            if !fields.has("interval") {
                reading.error(
                    fields.place("publish"), "`publish: certified intervals` needs an `interval`",
                    hint: "Use `publish: view`.")
            }
        }
    }

    /// Whether the step writes the rows itself, so that it can write them beside the table.
    private var writesRows: Bool {
        switch asset.build?.work {
        case .sql, .load, .choose: true
        case .command, .http, .manual, nil: false
        }
    }

    private func lookAtWriting() {
        guard let build = asset.build else { return }
        if build.write == .append, build.undo == nil {
            reading.warning(
                fields.place("build"), "`\(asset.name)` appends and has no `undo`",
                hint: "Without one, `--again` and backfills are refused.")
        }
    }

    private func lookAtLateRows() {
        guard fields.has("late_rows") else { return }
        if asset.build != nil {
            reading.warning(
                fields.place("late_rows"), "`late_rows` has no meaning for what is built",
                hint: "Say it of the sources that `\(asset.name)` is made from.")
        } else if case .rebuild = asset.lateRows, !fields.has("interval") {
            reading.warning(
                fields.place("late_rows"), "`late_rows: rebuild` needs an `interval`",
                hint: "A whole table is looked at in each run anyway.")
        }
    }

    private func lookAtSource() {
        guard asset.build == nil, !fields.has("build") else { return }
        for key in ["audit", "approve", "backfill"] where fields.has(key) {
            reading.error(
                fields.place(key), "`\(key)` has no meaning for a source",
                hint: "Nothing builds `\(asset.name)`.")
        }
    }
}

extension SchemaRule {
    /// The columns that it names.
    fileprivate var columns: [ColumnType] {
        switch self {
        case .include(let columns), .exactly(let columns), .inOrder(let columns): columns
        case .unchanged: []
        }
    }
}
