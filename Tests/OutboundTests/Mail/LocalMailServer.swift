import Foundation
import Subprocess
import SystemPackage

/// A mail server that somebody else wrote, on a free port of loopback.
struct LocalMailServer: Encodable, Sendable {
    enum TLS: String, Encodable, Sendable {
        case none, starttls, implicit
    }

    var tls = TLS.none
    var certificate: String?
    var key: String?
    /// Who may send, and their passwords.
    var users: [String: String]?
    /// Ways to take passwords that it does not offer.
    var without: [String]?
    /// Whether nobody else may send.
    var authenticated: Bool?
    /// Its replies to recipients that it does not take.
    var recipients: [String: String]?
    /// Its reply to every mail; nil: it takes them.
    var data: String?
    /// The largest mail that it takes, in bytes.
    var largest: Int?
    /// Whether it takes addresses beyond ASCII.
    var utf8: Bool?

    /// A mail as it came in.
    struct Received: Decodable, Sendable {
        let from: String
        let to: [String]
        let options: [String]
        let user: String?
        let isEncrypted: Bool
        let headers: [[String]]
        let addresses: [[String]]
        let type: String
        let parts: [String]
        let text: String?
        let html: String?
        let defects: [String]
        let raw: String

        /// The values of a header.
        func values(_ name: String) -> [String] {
            headers.filter { $0[0].lowercased() == name.lowercased() }.map { $0[1] }
        }
    }

    struct NotStarted: Error, CustomStringConvertible {
        let said: String
        var description: String {
            "the mail server of these tests did not start: .ci/setup installs it (python3-aiosmtpd). \(said)"
        }
    }

    /// Runs the server while a body sends to its port, and returns what came in.
    func receive(_ body: (_ port: Int) async throws -> Void) async throws -> [Received] {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("smtp-server.py").path
        let settings = String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
        let python = "/usr/bin/python3"
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw NotStarted(said: "There is no \(python).")
        }
        let result = try await Subprocess.run(
            .path(FilePath(python)), arguments: [script, settings], input: .none, output: .sequence,
            error: .combinedWithOutput
        ) { execution -> String in
            var said: [UInt8] = []
            var isStarted = false
            for try await buffer in execution.standardOutput {
                buffer.withUnsafeBytes { said.append(contentsOf: $0) }
                guard !isStarted, let port = Self.port(said) else { continue }
                isStarted = true
                do {
                    try await body(port)
                } catch {
                    try? execution.send(signal: .terminate)
                    throw error
                }
                try execution.send(signal: .terminate)
            }
            return String(decoding: said, as: UTF8.self)
        }
        let said = result.closureResult
        guard Self.port(Array(said.utf8)) != nil else { throw NotStarted(said: said) }
        return try said.split(separator: "\n").dropFirst().filter { $0.hasPrefix("{") }.map {
            try JSONDecoder().decode(Received.self, from: Data($0.utf8))
        }
    }

    private struct Started: Decodable {
        let port: Int
    }

    /// The port, once its line is complete.
    private static func port(_ said: [UInt8]) -> Int? {
        said.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast().lazy.compactMap
        {
            try? JSONDecoder().decode(Started.self, from: Data($0)).port
        }.first
    }
}
