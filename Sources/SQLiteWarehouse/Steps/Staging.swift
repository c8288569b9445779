import Engine
import SuretyCore

/// The rows of a step before they are written: a temporary table, so that a query is evaluated once.
struct Staging {
    /// Its name in SQL.
    static let table = "temp.\"surety staging\""

    let connection: WarehouseConnection
    /// The columns, in the order in which they were given.
    let names: [String]
    /// The types of columns that come straight from a table.
    private let declared: [String?]
    /// The interval column of a table to be made, and the type that it gets if the SELECT gives it none.
    private var timed: (index: Int, type: String)?
    /// The types that a file's values suggest.
    private var suggested: [LoadedValue.SuggestedType?]

    private init(_ connection: WarehouseConnection, names: [String], declared: [String?]) throws(PortFailure)
    {
        let lowered = names.map { $0.lowercased() }
        if let name = names.first(where: { name in lowered.count { $0 == name.lowercased() } > 1 }) {
            throw PortFailure(.refused, "the column \(name) is given twice", sqlState: "42701")
        }
        self.connection = connection
        self.names = names
        self.declared = declared
        self.suggested = names.map { _ in nil }
        try connection.run("DROP TABLE IF EXISTS \(Staging.table)")
        try connection.run("CREATE TABLE \(Staging.table) (\(names.map(quoted).joined(separator: ", ")))")
    }

    /// The rows of one SELECT; `form` is that of the interval column in the table that is written, and `isNew` says
    /// that the table is still to be made.
    init(
        _ connection: WarehouseConnection, select text: String, for order: StepOrder, form: TimeForm?,
        isNew: Bool
    ) throws(PortFailure) {
        let query = try Staging.query(text, of: order.asset.name, on: connection)
        let names = query.columnNames
        let types = query.declaredTypes
        try self.init(connection, names: names, declared: types)
        var form = form
        if form == nil, let rule = order.asset.interval,
            let index = names.firstIndex(where: { $0.lowercased().isExactly(rule.column.lowercased()) })
        {
            form = types[index].flatMap { TimeForm(declared: $0) }
            if isNew, types[index] == nil {
                let promised = Staging.promised(names[index], by: order.asset.allChecks)
                let type = promised ?? rule.cadence.columnType
                timed = (index, type)
                form = TimeForm(declared: type)
            }
        }
        let insert = try connection.prepare("INSERT INTO \(Staging.table) " + text)
        try insert.bind(named: StepParameters(order.asset, slice: order.slice, form: form).values)
        connection.watch.allow(order.statementTimeout.duration)
        defer { connection.watch.allow(nil) }
        while try insert.step() {}
    }

    /// The rows of a file.
    init(
        _ connection: WarehouseConnection, columns: [String], rows open: @Sendable () throws -> any RowReader
    ) throws(PortFailure) {
        try self.init(connection, names: columns, declared: columns.map { _ in nil })
        let places = columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        let insert = try connection.prepare("INSERT INTO \(Staging.table) VALUES (\(places))")
        var count = 0
        do {
            var reader = try open()
            while let row = try reader.next() {
                count += 1
                guard row.count == columns.count else {
                    throw PortFailure(
                        .refused,
                        "row \(count) has \(row.count) fields where there are \(columns.count) columns")
                }
                guard !connection.watch.isCancelled else {
                    throw PortFailure(.cancelled, "it was cancelled", sqlState: "57014")
                }
                for (index, value) in row.enumerated() {
                    try insert.bind(.text(value), at: Int32(index + 1))
                    guard let type = value.map({ LoadedValue($0).suggestedType }) else { continue }
                    suggested[index] = suggested[index].map { $0.joined(type) } ?? type
                }
                while try insert.step() {}
                insert.reset()
            }
        } catch let failure as PortFailure {
            throw failure
        } catch {
            throw PortFailure(.refused, "the file cannot be read: \(error)")
        }
    }

    /// How many rows there are.
    func count(where condition: String = "1") throws(PortFailure) -> Int64 {
        try connection.number("SELECT count(*) FROM \(Staging.table) WHERE \(condition)")
    }

    /// Brings the times and truths of a file into the form of the columns' declared types.
    func settle(in table: TableInfo, zone: Zone) throws(PortFailure) {
        for name in names {
            guard let column = table.columns.first(where: { $0.name.lowercased() == name.lowercased() }),
                TimeForm(declared: column.type) != nil || column.type.hasPrefix("bool")
            else { continue }
            try connection.run(
                """
                UPDATE \(Staging.table) SET \(quoted(name)) = surety_stored(\(quoted(name)), ?1, ?2)
                WHERE \(quoted(name)) IS NOT NULL
                """, [.text(column.type), .text(zone.identifier)])
        }
    }

    /// The type for a new table's column: as declared, else as the asset's own checks say, else by its values.
    func type(of index: Int, checks: [Check]) throws(PortFailure) -> String {
        if let type = declared[index], !type.isEmpty { return type }
        if let type = Staging.promised(names[index], by: checks) { return type }
        if let timed, timed.index == index { return timed.type }
        if let type = suggested[index] { return type.rawValue }
        let name = quoted(names[index])
        let kinds = try connection.rows(
            "SELECT DISTINCT typeof(\(name)) FROM \(Staging.table) WHERE \(name) IS NOT NULL"
        ).compactMap { $0[0] }
        switch Set(kinds) {
        case ["integer"]: return "bigint"
        case ["real"], ["integer", "real"]: return "numeric"
        case ["blob"]: return "blob"
        case ["text"]:
            let others = try count(
                where: "\(name) IS NOT NULL AND (length(\(name)) <> 10 OR date(\(name)) IS NOT \(name))")
            return others == 0 ? "date" : "text"
        default: return "text"
        }
    }

    private static func promised(_ name: String, by checks: [Check]) -> String? {
        for check in checks {
            guard case .schema(let rule) = check.body else { continue }
            switch rule {
            case .include(let columns), .exactly(let columns), .inOrder(let columns):
                if let type = columns.first(where: { $0.name.isExactly(name) })?.type { return type }
            case .unchanged: continue
            }
        }
        return nil
    }

    private static func query(
        _ text: String, of asset: AssetName, on connection: WarehouseConnection
    ) throws(PortFailure) -> PreparedStatement {
        let hint = "Only `write: script` runs other statements."
        var queries: [PreparedStatement] = []
        try connection.forEachStatement(of: text) { statement, _ throws(PortFailure) in
            guard queries.isEmpty else {
                throw PortFailure(.refused, "the SQL of \(asset) is not one SELECT", hint: hint)
            }
            queries.append(statement)
        }
        let verbs = ["SELECT", "WITH", "VALUES"]
        guard let query = queries.first, query.isReadOnly, !query.columnNames.isEmpty,
            verbs.contains(SQLWords(text).first(1).first ?? "")
        else { throw PortFailure(.refused, "the SQL of \(asset) is not one SELECT", hint: hint) }
        return query
    }
}

extension Cadence {
    /// The type of an interval column of which nothing else is known: hours need an instant, the others a date.
    fileprivate var columnType: String {
        switch grain {
        case .hour: TimeForm.instant.rawValue
        case .day, .week, .month: TimeForm.date.rawValue
        }
    }
}

extension Asset {
    /// Its checks, whatever they are for.
    fileprivate var allChecks: [Check] { stop + warn + ready }
}
