import NIOCore
import NIOPosix
import NIOSSL

/// How a connection to a mail server is encrypted: TLS 1.2 or newer, the server's certificate and name verified.
struct MailEncryption: Sendable {
    private let context: NIOSSLContext
    /// The name that the certificate must have; nil: the address that is connected to.
    private let name: String?

    /// Encryption to a host that trusts the certificates in a file, or else those of the system.
    init(host: String, trusting file: String?) async throws {
        var settings = TLSConfiguration.makeClientConfiguration()
        settings.minimumTLSVersion = .tlsv12
        if let file { settings.trustRoots = .file(file) }
        // Certificates are read from the disk, which waits.
        context = try await NIOThreadPool.singleton.runIfActive { [settings] in
            try NIOSSLContext(configuration: settings)
        }
        name = NetworkAddress(host) == nil ? host : nil
    }

    /// What encrypts one connection.
    func handler() throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(context: context, serverHostname: name)
    }
}
