import ArgumentParser
import Engine
import Foundation
import LocalSystem
import Presentation
import SuretyCore

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Show a good morning and a bad one, with nothing to set up.",
        discussion: """
            Unpacks a sample project into a folder for the time being and runs it under a simulated clock on the embedded
            warehouse: certified data, a half-loaded day that never becomes visible, a gate that says why it is closed, and
            the recovery. Ends with 1 if any of it does not come out as told.

              surety demo
              surety demo --keep my-demo                      leaves the project there to look around
              surety demo --local-postgres                    on a PostgreSQL server of its own, for the time being
              surety demo --warehouse postgres://me@localhost/empty
            """)

    @Option(help: "An empty PostgreSQL database to run on: postgres://…") var warehouse: String?
    @Flag(help: "Run on a PostgreSQL server of its own, started for this and removed afterwards.")
    var localPostgres = false
    @Option(help: "A new folder in which the project is left.") var keep: String?
    @Flag(help: "Print one JSON document.") var json = false

    func validate() throws {
        if warehouse != nil, localPostgres {
            throw ValidationError("--warehouse and --local-postgres exclude each other")
        }
    }

    func run() async throws {
        let console = Console.standard
        let teller = DemoTeller(console: console, json: json)
        let folder = try DemoFolder(keptAt: keep)
        let (warehouse, isLocal) = (warehouse, localPostgres)
        do {
            try await interruptible {
                guard isLocal else {
                    return try await DemoStory(folder: folder, warehouse: warehouse, teller: teller).tell()
                }
                try await Self.onLocalPostgres { address in
                    try await DemoStory(folder: folder, warehouse: address, teller: teller).tell()
                }
            }
        } catch {
            folder.remove()
            guard json, let failure = error as? CommandFailure, failure.kind == "demo" else { throw error }
            console.say(teller.document(cameOut: false))
            console.exit(failure.code)
        }
        folder.remove()
        if json { return console.say(teller.document(cameOut: true)) }
        console.say("\nAll of it came out as told.\n")
        if let keep {
            console.say(
                """
                The project is in \(keep). Look around, still under a simulated clock:
                  export SURETY_CLOCK=2026-04-01T07:50:00+01:00
                  surety status --project \(keep)/checks
                  surety history --project \(keep)/checks

                """)
        }
    }

    private static func onLocalPostgres(_ body: @Sendable (String) async throws -> Void) async throws {
        do {
            try await PrivatePostgres(environment: ProcessInfo.processInfo.environment).run(body)
        } catch let failure as PortFailure {
            throw CommandFailure(failure)
        }
    }
}
