import Engine
import SuretyCore

/// Runs a step's work inside its transaction and gets the result into the table.
struct EffectWriter {
    let connection: WarehouseConnection
    let order: StepOrder

    private var name: AssetName { order.asset.name }
    private var zone: Zone { order.asset.interval?.cadence.zone ?? order.context.zone }

    /// Does the work; throws what SQLite refuses.
    func write() throws(PortFailure) -> Effect {
        switch order.work {
        case .sql(let text): return try write(text)
        case .choose(let choices):
            return try write(try Chooser(connection: connection, order: order).choose(choices))
        case .load(let columns, let rows):
            let staging = try Staging(connection, columns: columns, rows: rows)
            let table = try target(for: staging)
            try staging.settle(in: table, zone: zone)
            return try put(staging, into: table)
        }
    }

    private func write(_ text: String) throws(PortFailure) -> Effect {
        let table = try CatalogueQuery(connection).table(name)
        let form = try form(in: table)
        switch order.write {
        case .script:
            let parameters = StepParameters(order.asset, slice: order.slice, form: form)
            let runner = ScriptRunner(
                connection: connection, parameters: parameters, timeout: order.statementTimeout)
            return Effect(rows: try runner.run(text))
        case .view: return try makeView(text, over: table)
        case .replaceInterval, .replaceTable, .append, .merge:
            let staging = try Staging(
                connection, select: text, for: order, form: form, isNew: table == nil)
            return try put(staging, into: try target(for: staging))
        }
    }

    /// How the table's interval column holds time; nil while that is not known.
    private func form(in table: TableInfo?) throws(PortFailure) -> TimeForm? {
        guard let table, let rule = order.asset.interval else { return nil }
        guard let column = table.column(rule.column) else {
            guard order.write != .script, order.write != .view else { return nil }
            throw PortFailure(
                .refused, "\(name) has no column \(rule.column), its interval column", sqlState: "42703")
        }
        return TimeForm(declared: column.type)
    }

    // MARK: - Rows

    private func put(_ staging: Staging, into table: TableInfo) throws(PortFailure) -> Effect {
        guard !table.isView else {
            throw PortFailure(
                .refused, "\(name) is a view, and rows are written to tables", sqlState: "42809")
        }
        let mapping = try ColumnMapping(
            staging.names, into: table, selfFilled: try CatalogueQuery(connection).selfFilled(table))
        var effect = Effect(rows: try staging.count())
        connection.watch.allow(order.statementTimeout.duration)
        defer { connection.watch.allow(nil) }
        var slice = "1"
        if let rule = order.asset.interval, order.slice.interval != nil {
            guard let column = table.column(rule.column) else {
                throw PortFailure(
                    .refused, "\(name) has no column \(rule.column), its interval column", sqlState: "42703")
            }
            slice = SliceCondition(rule, type: column.type).sql(order.slice)
            let outside = "NOT coalesce(\(slice), 0)"
            effect.outside = try staging.count(where: outside)
            effect.examples = try connection.rows(
                """
                SELECT DISTINCT coalesce(\(quoted(rule.column)), 'NULL') FROM \(Staging.table)
                WHERE \(outside) ORDER BY 1 LIMIT 2
                """
            ).compactMap { $0[0] }
        }
        let target = table.name.quoted
        switch order.write {
        case .replaceInterval: try connection.run("DELETE FROM \(target) WHERE \(slice)")
        case .replaceTable: try connection.run("DELETE FROM \(target)")
        case .merge(let keys):
            try merge(mapping, on: keys, into: target)
            return effect
        case .append, .view, .script: break
        }
        try connection.run(
            "INSERT INTO \(target) (\(mapping.target)) SELECT \(mapping.given) FROM \(Staging.table)")
        return effect
    }

    /// Updates the rows whose key is there and inserts the others.
    private func merge(
        _ mapping: ColumnMapping, on keys: [String], into target: String
    ) throws(PortFailure) {
        let keyNames = keys.map { quoted($0).lowercased() }.exactly
        let keyPairs = mapping.pairs.filter { keyNames.contains(ExactText($0.target.lowercased())) }
        guard keyPairs.count == keyNames.count else {
            throw PortFailure(
                .refused, "the merge key (\(keys.joined(separator: ", "))) is not among the SELECT's columns",
                sqlState: "42703")
        }
        let unclear = keyPairs.map { "\($0.given) IS NULL" }.joined(separator: " OR ")
        let bad = try connection.number(
            """
            SELECT (SELECT count(*) FROM (SELECT 1 FROM \(Staging.table)
                GROUP BY \(keyPairs.map(\.given).joined(separator: ", ")) HAVING count(*) > 1))
                + (SELECT count(*) FROM \(Staging.table) WHERE \(unclear))
            """)
        guard bad == 0 else {
            throw PortFailure(
                .refused,
                "the SELECT gives a merge key (\(keys.joined(separator: ", "))) that is NULL or occurs twice, "
                    + "\(bad) times", sqlState: "21000")
        }
        let match = keyPairs.map { "old.\($0.target) = new.\($0.given)" }.joined(separator: " AND ")
        let others = mapping.pairs.filter { !keyNames.contains(ExactText($0.target.lowercased())) }
        if !others.isEmpty {
            let changes = others.map { "\($0.target) = new.\($0.given)" }.joined(separator: ", ")
            try connection.run(
                "UPDATE \(target) AS old SET \(changes) FROM \(Staging.table) AS new WHERE \(match)")
        }
        try connection.run(
            """
            INSERT INTO \(target) (\(mapping.target)) SELECT \(mapping.given) FROM \(Staging.table) AS new
            WHERE NOT EXISTS (SELECT 1 FROM \(target) AS old WHERE \(match))
            """)
    }

    /// The table, made from the columns where it is missing.
    private func target(for staging: Staging) throws(PortFailure) -> TableInfo {
        if let table = try CatalogueQuery(connection).table(name) { return table }
        let checks = order.asset.stop + order.asset.warn + order.asset.ready
        var columns: [String] = []
        for (index, column) in staging.names.enumerated() {
            columns.append("\(quoted(column)) \(try staging.type(of: index, checks: checks))")
        }
        try connection.run("CREATE TABLE \(name.quoted) (\(columns.joined(separator: ", ")))")
        guard let table = try CatalogueQuery(connection).table(name) else {
            throw PortFailure(.refused, "the table \(name) is gone as soon as it was made")
        }
        return table
    }

    // MARK: - Views

    private func makeView(_ text: String, over table: TableInfo?) throws(PortFailure) -> Effect {
        if let table, !table.isView {
            throw PortFailure(
                .refused, "\(name) is a table, and `write: view` makes a view", sqlState: "42809")
        }
        try connection.run("DROP VIEW IF EXISTS \(name.quoted)")
        do {
            try connection.run("CREATE VIEW \(name.quoted) AS \(text)")
            _ = try connection.prepare("SELECT * FROM \(name.quoted)")
        } catch  where error.message.contains("cannot reference objects in database") {
            throw PortFailure(
                .refused, "a view of the embedded warehouse sees only its own schema: \(error.message)",
                hint: "Use `write: replace table`, or PostgreSQL.")
        }
        guard let new = try CatalogueQuery(connection).table(name) else { return Effect() }
        if let lost = table.flatMap({ Publisher.lostColumn(old: $0, new: new) }), !order.replaceView {
            throw PortFailure(
                .refused, "the view \(name) would lose or retype the column \(lost)",
                hint: "A column that vanishes or changes its type needs --replace-view.")
        }
        return Effect()
    }
}
