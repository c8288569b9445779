import CheckSQL
import Engine
import PostgresClient
import SuretyCore

/// Runs a step's work inside its transaction and gets the result into the table.
struct EffectWriter {
    let session: WarehouseSession
    let order: StepOrder
    /// The table that is written, which is another than the asset's where it is built beside it.
    let target: AssetName
    let parameters: StepParameters

    private var rows: RowWriter { RowWriter(session: session, order: order, target: target) }

    /// Does the work; throws what PostgreSQL refuses.
    func write() throws(PortFailure) -> Effect {
        switch order.work {
        case .sql(let text): try write(text)
        case .choose(let choices): try write(try Chooser(session: session, order: order).choose(choices))
        case .load(let columns, let rows): try load(columns, rows)
        }
    }

    private func write(_ text: String) throws(PortFailure) -> Effect {
        let statements = try parameters.statements(of: text)
        switch order.write {
        case .script: return try ScriptRunner(session: session, parameters: parameters).run(statements)
        case .view, .replaceInterval, .replaceTable, .append, .merge: break
        }
        guard let statement = statements.first, statements.count == 1, statement.isSelectLike else {
            throw PortFailure(
                .refused, "the SQL of \(order.asset.name) is not one SELECT",
                hint: "Only `write: script` runs other statements.")
        }
        if order.write == .view { return try makeView(statement) }
        return try rows.put { before, after throws(PortFailure) in
            try parameters.bound(
                statement, before: before + "(\n", after: "\n) AS \(RowWriter.alias)" + after)
        }
    }

    // MARK: - Views

    private func makeView(_ statement: SQLTemplate.Statement) throws(PortFailure) -> Effect {
        if let name = statement.names.first {
            throw PortFailure(
                .refused, "a view takes no parameters, and :\(name) stands in it",
                hint: "Write the value itself, or choose another `write`.")
        }
        try rows.makeSchema()
        let sql = try parameters.bound(statement, before: "CREATE OR REPLACE VIEW \(target.quoted) AS\n")
        do {
            try session.run("SAVEPOINT surety_view")
            try session.run(sql, after: 1)
        } catch let error where error.sqlState == "42P16" {
            guard order.replaceView else {
                throw error.saying(hint: "A column that vanishes or changes its type needs --replace-view.")
            }
            try session.run("ROLLBACK TO SAVEPOINT surety_view")
            try session.run("DROP VIEW \(table: target)")
            try session.run(sql, after: 1)
        }
        return Effect()
    }

    // MARK: - Files

    private func load(
        _ columns: [String], _ open: @Sendable () throws -> any RowReader
    ) throws(PortFailure) -> Effect {
        var found = try TableQuery(session).outline(target)
        if found == nil { found = try makeTable(of: columns) }
        guard let table = found else { throw PortFailure(.refused, "\(target) does not exist") }
        let mapping = try ColumnMapping(columns, into: table, session: session)
        try session.run(
            """
            CREATE TEMP TABLE "surety load" ON COMMIT DROP AS
            SELECT \(unchecked: mapping.list) FROM \(table: target) WITH NO DATA
            """)
        do {
            var reader = try open()
            try session.session.copyIn(
                into: #"COPY pg_temp."surety load" (\#(unchecked: mapping.list)) FROM STDIN"#
            ) { try reader.next() }
        } catch let error as PostgresError {
            throw PortFailure(error)
        } catch let error as PortFailure {
            throw error
        } catch {
            throw PortFailure(.refused, "the file cannot be read: \(error)")
        }
        return try rows.put { before, after throws(PortFailure) in
            PostgresStatement(unchecked: #"\#(before)pg_temp."surety load" AS "surety query"\#(after)"#)
        }
    }

    /// The table of a file, with the types that the asset's `columns …` checks name.
    private func makeTable(of columns: [String]) throws(PortFailure) -> TableInfo? {
        var types: [ExactText: String] = [:]
        for check in order.asset.stop + order.asset.ready + order.asset.warn {
            guard case .schema(let rule) = check.body else { continue }
            switch rule {
            case .include(let named), .exactly(let named), .inOrder(let named):
                for column in named {
                    types[ExactText(column.name)] = types[ExactText(column.name)] ?? column.type
                }
            case .unchanged: break
            }
        }
        let missing = PortFailure(
            .refused, "the table \(target) does not exist, and a file does not tell its columns' types",
            hint: "Name them in `columns are (…)`, or CREATE TABLE it first.", sqlState: "42P01")
        var definitions: [String] = []
        for column in columns {
            guard let type = types[ExactText(column)] else { throw missing }
            definitions.append("\(quoted(column)) \(type)")
        }
        try rows.makeSchema()
        let list = definitions.joined(separator: ", ")
        try session.run("CREATE TABLE \(table: target) (\(unchecked: list))")
        return try TableQuery(session).outline(target)
    }
}
