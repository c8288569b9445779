import ArgumentParser
import Engine
import Logging
import Presentation
import SuretyCore
import WebService

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run by itself: starts, deadlines, alerts, gates and the HTTP interface.",
        discussion: """
            Other commands work beside it on the same state. SIGHUP reads the declarations anew, as does a change of
            their files; invalid ones leave those in force. SIGTERM lets what runs come to its end, for at most 30 s.

              surety serve
              curl localhost:7433/api/v1/gate/leadership-revenue
            """)

    @Option(help: "The address to listen on; only this machine's own.") var listen = "127.0.0.1:7433"
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let address: WebAddress
        do throws(PortFailure) {
            address = try WebAddress(parsing: listen)
        } catch {
            throw CommandFailure(.usage, kind: "usage", error.message, hint: error.hint)
        }
        let workspace = try Workspace(options)
        let lock = try workspace.lock(listening: address.description)
        let surroundings = try await workspace.surroundings(prepares: false, logging: .info)
        let watch = DeclarationWatch(workspace, options)
        let service = ProjectService(surroundings) { await watch.look($0) }
        defer { withExtendedLifetime(lock) {} }
        try await Serving(service: service, address: address, surroundings: surroundings).run()
    }
}
