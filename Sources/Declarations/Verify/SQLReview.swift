import SuretyCore

/// Looks at the SQL of one asset: its form, and the names in it.
struct SQLReview {
    /// Where findings go.
    let reading: Reading
    /// The asset.
    let asset: Asset
    /// Where the value of one of the asset's keys stands.
    let place: (String) -> SourceLocation

    /// Notes all that is wrong.
    func run() {
        if let build = asset.build {
            switch build.work {
            case .sql(let sql): lookAt(sql, isSelect: build.write != .script)
            case .choose(let choices):
                for choice in choices { lookAt(choice.sql, isSelect: build.write != .script) }
            case .command, .load, .http, .manual: break
            }
            if case .sql(let sql) = build.undo { lookAt(sql, isSelect: false) }
        }
        for check in asset.ready + asset.stop + asset.warn { lookAt(check) }
    }

    private var known: Set<String> {
        var names = Set(asset.params.keys)
        guard let interval = asset.interval else { return names }
        names.formUnion(["interval_start", "interval_end"])
        if interval.cadence.grain == .day { names.insert("interval_date") }
        return names
    }

    private func lookAt(_ sql: Build.SQLText, isSelect: Bool) {
        let template: SQLTemplate
        do throws(SQLTemplateError) {
            template = try SQLTemplate(sql.text)
        } catch {
            reading.error(
                location(sql, error.line, error.column), error.message, hint: error.hint)
            return
        }
        if isSelect, template.statements.count != 1 || template.statements.first?.isSelectLike != true {
            let write =
                template.statements.count > 1 ? "has \(template.statements.count) statements" : "is no SELECT"
            reading.error(
                location(sql, 1, 1), "the SQL of `\(asset.name)` \(write)",
                hint: "It must be one SELECT; write `write: script` for anything else.")
        }
        for mention in template.unknownNames(known: known) {
            tell(mention.name, at: location(sql, mention.place.line, mention.place.column))
        }
        for mention in template.misplacedNames(known: known) {
            reading.error(
                location(sql, mention.place.line, mention.place.column),
                "`:\(mention.name)` stands in a statement that takes no parameters",
                hint: "Write `current_setting('surety.\(mention.name)')`.")
        }
    }

    private func location(_ sql: Build.SQLText, _ line: Int, _ column: Int) -> SourceLocation {
        sql.file.map { SourceLocation(file: $0, line: line, column: column) } ?? place("build")
    }

    private func lookAt(_ check: Check) {
        var texts: [SQLTemplate] = []
        if case .sql(let sql, _) = check.body, let template = try? SQLTemplate(sql) { texts.append(template) }
        if case .row(.condition(let sql)) = check.body, let template = try? SQLTemplate(condition: sql) {
            texts.append(template)
        }
        if let filter = check.filter, let template = try? SQLTemplate(condition: filter) {
            texts.append(template)
        }
        for mention in texts.flatMap({ $0.unknownNames(known: known) }) {
            tell(mention.name, at: check.location)
        }
    }

    private func tell(_ name: String, at place: SourceLocation) {
        let isInterval = ["interval_start", "interval_end", "interval_date"].contains(name)
        let hint =
            isInterval
            ? (asset.interval == nil ? "The asset has no `interval`." : "Only day intervals have it.")
            : Nearest.hint(for: name, among: known.sorted())
        reading.error(
            place, "`\(asset.name)` has no parameter `:\(name)`",
            hint: hint.isEmpty ? "Declare it under `params`." : hint)
    }
}
