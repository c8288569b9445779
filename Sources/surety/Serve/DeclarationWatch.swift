import Declarations
import Engine
import Foundation
import LocalSystem
import SuretyCore

/// Notices that the files of a project changed, and reads them anew.
actor DeclarationWatch {
    private let options: GlobalOptions
    private let folder: ProjectFolder
    private var seen: String
    /// The files that were read last, and before.
    private var files: Set<String>
    /// The findings that were told of last; nil: the last reading was well.
    private var told: String?

    init(_ workspace: Workspace, _ options: GlobalOptions) {
        self.options = options
        folder = workspace.folder
        files = Set(workspace.files)
        seen = Self.fingerprint(workspace.folder, files)
    }

    /// What became of the files since the last look.
    func look(_ current: Surroundings) async -> Rereading {
        let present = Self.fingerprint(folder, files)
        guard present != seen else { return .unchanged }
        seen = present
        do {
            let workspace = try Workspace(options, announces: false)
            files.formUnion(workspace.files)
            seen = Self.fingerprint(folder, files)
            let catalog = try workspace.catalog()
            guard workspace.project.text != current.declarations else { return settled() }
            let project = catalog.project
            let before = current.catalog.project
            guard project.state == before.state, project.mainWarehouse == before.mainWarehouse else {
                return refused("`state` and `warehouses` are taken up when the service is started anew")
            }
            told = nil
            return .changed(workspace.surroundings(like: current, catalog))
        } catch {
            return refused(error.summary)
        }
    }

    /// What was invalid is again what is in force.
    private func settled() -> Rereading {
        guard told != nil else { return .unchanged }
        told = nil
        return .restored
    }

    private func refused(_ why: String) -> Rereading {
        told = why
        return .refused(why)
    }

    /// The names, sizes and times of all files that were read, and of those that would be.
    private static func fingerprint(_ folder: ProjectFolder, _ files: Set<String>) -> String {
        let declarations = ((try? folder.declarationFiles()) ?? []).map { "\(folder.path)/\($0)" }
        return files.union(declarations).sorted().map { path in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            let time = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            return "\(path) \(attributes?[.size] ?? 0) \(time)"
        }.joined(separator: "\n")
    }
}
