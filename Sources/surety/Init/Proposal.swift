import Declarations
import SuretyCore

/// Declarations proposed from what a database's catalogue says, for a person to go on from.
struct Proposal {
    let tables: [TableInfo]
    /// Names that no declaration can hold, with which nothing is proposed.
    let leftOut: [AssetName]
    private let parser = CheckParser(calendars: [:], zone: .utc)

    init(_ all: [TableInfo]) {
        tables = all.filter { Proposal.isNameable($0.name) && !$0.columns.isEmpty }
        leftOut = all.map(\.name).filter { !Proposal.isNameable($0) }
    }

    /// The files; nil where there is nothing to propose about.
    func files(project: String) -> [NewFile]? {
        guard let first = mostUseful else { return nil }
        return [
            NewFile(
                path: "surety.yaml", text: Scaffold.settings(project, warehouse: "${SURETY_WAREHOUSE}")),
            NewFile(path: "promises.yaml", text: promise(on: first)),
            NewFile(path: "sources.yaml", text: assets),
        ]
    }

    // MARK: Promise

    /// The table that a first promise is most likely about: one with days, with a key, a table rather than a view.
    private var mostUseful: TableInfo? {
        tables.max { left, right in worth(left) < worth(right) }
    }

    private func worth(_ table: TableInfo) -> Int {
        (dayColumn(table) == nil ? 0 : 4) + (table.primaryKey.isEmpty ? 0 : 2) + (table.isView ? 0 : 1)
    }

    private func promise(on table: TableInfo) -> String {
        """
        # The beginning of a promise. Say what the business is owed, in its words; name who owns recovery; list what is
        # needed. Tables that you build (`build: {sql: …}`) come between the sources and what a promise needs.
        promises:
          first-promise:
            promise: By 08:00 every business day, \(sentenceName(table.name)) is complete through the prior day.
            owner: me
            deadline: 08:00 on business
            through: prior day
            needs: \(YamlText.list([table.name.description]))
            starts:
              - {at: 06:00 on business}
            recovery:
              - surety explain first-promise
              - surety run first-promise

        """
    }

    /// The name as prose takes it: a quote or a sign of YAML in it would end the sentence.
    private func sentenceName(_ name: AssetName) -> String {
        YamlText.isWord(name.description) ? name.description : "the first table"
    }

    // MARK: Assets

    private var assets: String {
        let heading = """
            # What the catalogue of the database says, as sources: tables that someone else loads and Surety watches.
            # `ready` is waited for, `stop` blocks, `warn` is told. Delete what nobody depends on, and add what you know.

            """
        let notes = leftOut.map {
            "# Left out, because no asset can have this name: \(commented($0.description))\n"
        }
        return heading + notes.joined() + "assets:\n" + tables.map(asset).joined(separator: "\n")
    }

    private func asset(_ table: TableInfo) -> String {
        let day = dayColumn(table)
        var lines = ["  \(YamlText.item(table.name.description)):"]
        if table.isView { lines.append("    # a view") }
        if let day {
            lines.append("    interval: day of \(day)          # each day is checked and certified by itself")
        }
        if !table.primaryKey.isEmpty { lines.append("    key: \(YamlText.list(table.primaryKey))") }
        let key = table.primaryKey.map(Proposal.written).joined(separator: ", ")
        let unique = table.primaryKey.isEmpty ? nil : accepted("\(key) unique")
        lines += ["    ready:", "      - rows >= 1"]
        lines.append("    stop:")
        var stop = [columns(of: table)]
        // Without a key nothing else looks at a row, and nothing certifies without evidence.
        stop.append(unique ?? "rows >= 1")
        stop += table.columns.filter { !$0.nullable }.map {
            accepted("\(Proposal.written($0.name)) not null")
        }
        lines += stop.compactMap { $0 }.map { "      - \(YamlText.check($0))" }
        if let fresh = freshness(of: table) { lines += ["    warn:", "      - \(YamlText.check(fresh))"] }
        return lines.joined(separator: "\n") + "\n"
    }

    private func columns(of table: TableInfo) -> String? {
        func line(_ list: [String]) -> String { "columns include (\(list.joined(separator: ", ")))" }
        let typed = table.columns.map { column in
            let whole = "\(Proposal.inList(column.name)) \(column.type)"
            // A type of an odd name is left out rather than the column.
            return accepted(line([whole])) == nil ? Proposal.inList(column.name) : whole
        }
        return accepted(line(typed))
    }

    /// The one column of dates; nil unless there is exactly one that could be meant.
    private func dayColumn(_ table: TableInfo) -> String? {
        let dates = table.columns.filter { $0.baseType == "date" && YamlText.isWord($0.name) }.map(\.name)
            .filter { !$0.contains(".") }
        let meant = dates.filter { !["valid_from", "valid_to", "birth_date", "date_of_birth"].contains($0) }
        return meant.count == 1 ? meant[0] : nil
    }

    private func freshness(of table: TableInfo) -> String? {
        let column = ["loaded_at", "updated_at", "created_at"].lazy.compactMap { table.column($0) }.first {
            $0.baseType.hasPrefix("timestamp")
        }
        return column.flatMap { accepted("fresh \($0.name) within 1d") }
    }

    /// The line, if it is one of the check grammar.
    private func accepted(_ line: String) -> String? { (try? parser.parse(line)) == nil ? nil : line }

    private func commented(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 }))
    }

    // MARK: Names

    /// A column as checks name it: as it is where that is a plain name and no word of the grammar.
    private static func written(_ column: String) -> String {
        isPlain(column) && !isWordOfGrammar(column) ? column : inQuotes(column)
    }

    private static func inList(_ column: String) -> String {
        isPlain(column) && column != "column" ? column : inQuotes(column)
    }

    private static func inQuotes(_ column: String) -> String {
        "column \"" + column.replacing("\"", with: "\"\"") + "\""
    }

    private static func isPlain(_ name: String) -> Bool { YamlText.isWord(name) && !name.contains(".") }

    private static func isWordOfGrammar(_ name: String) -> Bool {
        (try? CheckParser(calendars: [:], zone: .utc).parse("\(name) not null")) == nil
    }

    /// Whether an asset can have this name.
    private static func isNameable(_ name: AssetName) -> Bool {
        let odd = "\"'`/\\:;,(){}[]@.".unicodeScalars
        return [name.schema, name.table].allSatisfy { part in
            part.unicodeScalars.allSatisfy {
                !$0.properties.isWhitespace && !odd.contains($0) && $0.value >= 32
            }
        } && !["surety", "certified"].contains(name.schema.lowercased())
    }
}
