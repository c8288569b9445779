public import Engine
import Foundation
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle

/// The HTTP side of the service: what programs ask and tell it. It ends when it is asked to shut down gracefully, with
/// what it is answering answered.
public struct WebService: Service {
    /// Makes the JSON document of the report of a week such as `2026-W47`.
    public typealias Report = @Sendable (_ week: String) async throws(PortFailure) -> String

    /// The most connections at once; more wait to be accepted.
    static let connectionLimit = 512
    /// How long a connection may stay without a request.
    static let idleTimeout = TimeAmount.seconds(75)

    let house: House
    private let address: WebAddress
    private let logger: Logger
    private let listening: @Sendable (_ port: Int) async -> Void

    /// A service in front of an engine.
    ///
    /// - Parameters:
    ///   - metrics: What has been counted; nil: the metrics that need it are left out.
    ///   - version: The version of the program, for the metrics.
    ///   - report: Makes the report of a week.
    ///   - listening: Is called with the port once it listens.
    public init(
        front: any ServiceFront, address: WebAddress, logger: Logger, metrics: (any MetricsSource)? = nil,
        version: String = "", report: @escaping Report,
        listening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.house = House(front: front, metrics: metrics, version: version, report: report)
        self.address = address
        self.logger = logger
        self.listening = listening
    }

    /// Listens and answers until it is shut down; an address that is taken is a `conflict`.
    public func run() async throws {
        do {
            try await application.run()
        } catch let error as IOError {
            throw PortFailure(error, at: address)
        }
    }

    /// The server with everything that answers.
    var application: Application<Doorkeeper> {
        Application(
            responder: Doorkeeper(house),
            server: .http1(configuration: .init(idleTimeout: WebService.idleTimeout)),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port),
                availableConnectionsDelegate: MaximumAvailableConnections(WebService.connectionLimit)),
            onServerRunning: { [listening, address] channel in
                await listening(channel.localAddress?.port ?? address.port)
            },
            logger: logger)
    }
}

extension PortFailure {
    /// Why an address cannot be listened on.
    fileprivate init(_ error: IOError, at address: WebAddress) {
        switch error.errnoCode {
        case EADDRINUSE:
            self.init(
                .conflict, "\(address) is taken",
                hint: "Another service may run here; --listen takes another port.")
        case EACCES:
            self.init(
                .permission, "\(address) may not be listened on", hint: "Take a port above 1023.")
        case _: self.init(.refused, "\(address) cannot be listened on: \(error)")
        }
    }
}
