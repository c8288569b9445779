import ArgumentParser
import Dispatch
import Engine
import Foundation
import LocalSystem
import Logging
import Presentation
import ServiceLifecycle
import SuretyCore
import Synchronization
import WebService

/// The service and its HTTP side, run together until a signal ends them.
struct Serving {
    /// How long what runs may take to end once the service is asked to, in seconds.
    static let patience = 30.0

    let service: ProjectService
    let address: WebAddress
    let surroundings: Surroundings

    func run() async throws {
        let project = surroundings.catalog.project.name
        let count = surroundings.catalog.promises.count
        let web = WebService(
            front: service, address: address, logger: surroundings.logger,
            metrics: surroundings.state as? any MetricsSource,
            version: Surety.configuration.version.replacing("surety ", with: ""),
            report: { [service] week throws(PortFailure) in
                let maker = ReportMaker(service.surroundings)
                return ReportDocument.json(try await maker.report(of: maker.week(week))).document
            },
            listening: { [host = address.host] port in
                let place = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
                let promises = "\(count) promise\(count == 1 ? "" : "s")"
                Console.standard.say("surety serves \(project) (\(promises)) on http://\(place)\n")
            })
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                // The last is asked to end first: what runs comes to its end while questions are still answered.
                services: [
                    .init(
                        service: web, successTerminationBehavior: .gracefullyShutdownGroup,
                        failureTerminationBehavior: .gracefullyShutdownGroup),
                    .init(
                        service: Loop(service: service), successTerminationBehavior: .gracefullyShutdownGroup,
                        failureTerminationBehavior: .gracefullyShutdownGroup),
                    .init(service: Tidying()),
                ],
                logger: surroundings.logger))
        let signals = Signals(ending: group, rereading: service)
        defer { signals.stop() }
        do {
            try await group.run()
        } catch let failure as PortFailure {
            throw CommandFailure(failure)
        }
    }

    /// The service as the service lifecycle runs it.
    private struct Loop: Service {
        let service: ProjectService

        func run() async throws {
            await withGracefulShutdownHandler {
                await service.run()
            } onGracefulShutdown: {
                Task { await service.stop(within: Serving.patience) }
            }
        }
    }
}

/// Gives back the memory that is not used any more: soon after starting, which needs more than what follows, and from time
/// to time, since much may have been read once.
private struct Tidying: Service {
    func run() async {
        await cancelWhenGracefulShutdown {
            for wait in [Duration.seconds(5), .seconds(10)] { await tidy(after: wait) }
            while !Task.isCancelled { await tidy(after: .seconds(600)) }
        }
    }

    private func tidy(after wait: Duration) async {
        do { try await Task.sleep(for: wait) } catch { return }
        Memory.giveBack()
    }
}

/// The signals that a service heeds: the first that ends it lets what runs come to its end, a second ends it at once.
private final class Signals {
    private var sources: [any DispatchSourceSignal] = []

    init(ending group: ServiceGroup, rereading service: ProjectService) {
        let hasEnded = Mutex(false)
        let shared = Shared(hasEnded)
        for (number, code) in [(SIGTERM, ExitCode.terminated), (SIGINT, ExitCode.interrupted)] {
            listen(to: number) {
                if shared.isSecond() { exit(code.rawValue) }
                Task { await group.triggerGracefulShutdown() }
            }
        }
        listen(to: SIGHUP) { Task { await service.readAnew() } }
    }

    /// Whether a signal to end came before.
    private final class Shared: Sendable {
        private let hasEnded: Mutex<Bool>
        init(_ flag: consuming Mutex<Bool>) { hasEnded = flag }
        func isSecond() -> Bool {
            hasEnded.withLock { before in
                defer { before = true }
                return before
            }
        }
    }

    private func listen(to number: Int32, _ handler: @escaping @Sendable () -> Void) {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler(handler: handler)
        source.activate()
        sources.append(source)
    }

    func stop() { for source in sources { source.cancel() } }
}
