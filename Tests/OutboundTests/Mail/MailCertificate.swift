import Foundation
import Subprocess
import SystemPackage

/// A certificate that vouches for itself, in a folder that is gone with the value.
final class MailCertificate: Sendable {
    private let folder: URL

    /// A certificate for some names, made by openssl.
    init(for names: String = "DNS:mail.example,IP:127.0.0.1") async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("surety-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let made = try await Subprocess.run(
            .name("openssl"),
            arguments: [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-keyout", key, "-out", file, "-days", "2", "-subj", "/CN=mail.example", "-addext",
                "subjectAltName=\(names)",
            ], output: .discarded, error: .string(limit: 1 << 16))
        guard made.terminationStatus.isSuccess else {
            throw LocalMailServer.NotStarted(said: "openssl: \(made.standardError)")
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Where the certificate is.
    var file: String { folder.appendingPathComponent("certificate.pem").path }
    /// Where its key is.
    var key: String { folder.appendingPathComponent("key.pem").path }

    /// A server that has it.
    func server(_ tls: LocalMailServer.TLS) -> LocalMailServer {
        LocalMailServer(tls: tls, certificate: file, key: key)
    }
}
