import Engine
import PostgresClient
import SuretyCore

/// What a step's SQL may name: the interval's bounds and the asset's `params`, as typed values.
struct StepParameters {
    let asset: Asset
    let slice: Slice
    let values: [String: SQLValue]

    init(_ asset: Asset, _ slice: Slice) {
        self.asset = asset
        self.slice = slice
        var values = asset.params
        if let interval = slice.interval {
            values["interval_start"] = .instant(interval.start)
            values["interval_end"] = .instant(interval.end)
            switch interval.grain {
            case .day: values["interval_date"] = .date(interval.date)
            case .hour, .week, .month: break
            }
        }
        self.values = values
    }

    /// The statements of a user's SQL.
    func statements(of text: String) throws(PortFailure) -> [SQLTemplate.Statement] {
        do {
            return try SQLTemplate(text).statements
        } catch {
            throw PortFailure(.refused, error.description)
        }
    }

    /// A user's statement with ours around it; its parameters come first.
    func bound(
        _ statement: SQLTemplate.Statement, before: String = "", after: String = ""
    ) throws(PortFailure) -> PostgresStatement {
        var values: [PostgresValue] = []
        for name in statement.names {
            guard let value = self.values[name] else { throw unknown(name) }
            values.append(value.postgres)
        }
        if !statement.takesParameters, let name = statement.names.first {
            throw PortFailure(
                .refused, "\(statement.verb) takes no parameters, and :\(name) stands in it",
                hint: "Write current_setting('surety.\(name)').")
        }
        return PostgresStatement(
            unchecked: before + statement.bound { number, _ in "$\(number)" } + after, values: values)
    }

    /// Sets the zone, the timeouts and `surety.*` for the rest of the transaction.
    func settings(zone: Zone, order: StepOrder?) -> PostgresStatement {
        var settings: [(String, String)] = [("TimeZone", zone.identifier)]
        if let order {
            settings.append(("statement_timeout", "\(order.statementTimeout.seconds)s"))
            settings.append(("lock_timeout", "\(order.lockTimeout.seconds)s"))
            settings.append(("surety.run", order.run.rawValue))
        }
        for (name, value) in values.sorted(by: { $0.key < $1.key }) where Self.isSetting(name) {
            settings.append(("surety.\(name)", value.postgres.text ?? ""))
        }
        var bound: [PostgresValue] = []
        let calls = settings.map { name, value in
            bound += [.text(name), .text(value)]
            return "set_config($\(bound.count - 1), $\(bound.count), true)"
        }
        return PostgresStatement(unchecked: "SELECT \(calls.joined(separator: ", "))", values: bound)
    }

    /// Whether PostgreSQL takes `surety.<name>` as the name of a setting.
    private static func isSetting(_ name: String) -> Bool {
        name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_$]*/) != nil
    }

    private func unknown(_ name: String) -> PortFailure {
        let known = values.keys.sorted().map { ":\($0)" }.joined(separator: ", ")
        return PortFailure(
            .refused, ":\(name) is no parameter of \(asset.name)",
            hint: known.isEmpty ? "There are none." : "There are \(known).")
    }
}
