import Engine
import SuretyCore

/// How given columns get into a table: by their names.
struct ColumnMapping {
    /// The table's columns in SQL, in the order in which they are given.
    let target: String
    /// The given columns in SQL.
    let given: String
    /// Pairs of the table's column and the given one.
    let pairs: [(target: String, given: String)]

    /// Maps; throws where a column is surplus or missing. Columns that the table fills itself may be left out.
    init(_ names: [String], into table: TableInfo, selfFilled: Set<ExactText>) throws(PortFailure) {
        let byName = Dictionary(
            table.columns.map { (ExactText($0.name.lowercased()), $0.name) },
            uniquingKeysWith: { first, _ in first })
        let surplus = names.filter { byName[ExactText($0.lowercased())] == nil }
        let given = names.map { $0.lowercased() }.exactly
        let missing = table.columns.map(\.name).filter {
            !given.contains(ExactText($0.lowercased())) && !selfFilled.contains(ExactText($0))
        }
        guard surplus.isEmpty, missing.isEmpty else {
            var parts: [String] = []
            if !missing.isEmpty { parts.append("missing \(missing.joined(separator: ", "))") }
            if !surplus.isEmpty { parts.append("surplus \(surplus.joined(separator: ", "))") }
            throw PortFailure(
                .refused, "\(Cause.misfit) \(table.name): \(parts.joined(separator: "; "))",
                hint: "Columns are mapped by name.")
        }
        pairs = names.map { (quoted(byName[ExactText($0.lowercased())] ?? $0), quoted($0)) }
        target = pairs.map(\.target).joined(separator: ", ")
        self.given = pairs.map(\.given).joined(separator: ", ")
    }
}
