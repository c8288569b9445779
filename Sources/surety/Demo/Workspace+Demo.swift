import Declarations
import Engine
import LocalSystem

extension Workspace {
    /// The project in a folder, under a clock that starts at an instant, with nothing from the present environment but
    /// what is given.
    init(
        demo folder: String, startingAt clock: SystemClock, environment: [String: String]
    ) throws(CommandFailure) {
        do throws(PortFailure) {
            let folder = try ProjectFolder(folder, from: "/")
            let source = ProjectSource(
                folder: folder.path, files: try folder.declarationFiles(),
                read: { try? folder.read($0) }, environment: { environment[$0] }, secretFile: { _ in nil })
            self.folder = folder
            self.project = ProjectReader(source: source).read()
            self.environment = environment
            self.files = []
            self.clock = clock
        } catch {
            throw CommandFailure(error)
        }
    }
}
