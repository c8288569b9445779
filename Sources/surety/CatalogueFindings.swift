import Declarations
import Engine
import Foundation
import Logging
import SuretyCore

/// What is wrong with declarations that only the warehouse's catalogue can tell, where it can be reached.
struct CatalogueFindings {
    let workspace: Workspace

    /// Hours of columns without a zone where clocks change. The warehouse is only asked where such a column may be, and
    /// one that is not there is no finding.
    func all() async -> [Finding] {
        guard let catalog = workspace.project.catalog else { return [] }
        let doubtful = catalog.assetsInOrder.filter { $0.interval?.isUnclearWithoutZone == true }
        guard !doubtful.isEmpty, catalog.project.mainWarehouse.url.unset.isEmpty, isThere(catalog) else {
            return []
        }
        let adapters = Adapters(
            catalog: catalog, clock: workspace.clock,
            logger: Logger(label: "surety") { _ in SwiftLogNoOpLogHandler() })
        guard let warehouse = try? await adapters.warehouse(prepares: false) else { return [] }
        var findings: [Finding] = []
        for asset in doubtful {
            guard let rule = asset.interval, let table = try? await warehouse.table(asset.name),
                let column = table.column(rule.column),
                ["timestamp", "timestamp without time zone", "date"].contains(column.baseType.lowercased())
            else { continue }
            findings.append(
                Finding(
                    .error, at: asset.location,
                    rule.unclearHours(of: "`\(rule.column)`", "`\(column.type)`"),
                    hint: IntervalRule.unclearHoursHint))
        }
        return findings
    }

    /// Looking makes no embedded warehouse where there is none.
    private func isThere(_ catalog: Catalog) -> Bool {
        let url = catalog.project.mainWarehouse.url.reveal()
        guard url.hasPrefix("sqlite:") else { return true }
        return FileManager.default.fileExists(atPath: String(url.dropFirst("sqlite:".count)))
    }
}
