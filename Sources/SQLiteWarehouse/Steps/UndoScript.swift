import Engine
import SuretyCore

/// The SQL that takes the effect of a slice back, as statements of the open transaction.
struct UndoScript {
    let connection: WarehouseConnection
    let asset: Asset
    let slice: Slice

    /// Runs it with the slice's parameters, in the form of the table's interval column.
    func run(_ sql: String) throws(PortFailure) {
        let type = try asset.interval.flatMap { rule throws(PortFailure) in
            try CatalogueQuery(connection).table(asset.name)?.column(rule.column)?.type
        }
        let parameters = StepParameters(asset, slice: slice, form: type.flatMap { TimeForm(declared: $0) })
        _ = try ScriptRunner(
            connection: connection, parameters: parameters,
            timeout: asset.build?.timeout ?? Period(5, .minute)
        ).run(sql)
    }
}
