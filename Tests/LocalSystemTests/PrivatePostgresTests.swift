import Engine
import Foundation
import LocalSystem
import Testing

@Suite struct `the private PostgreSQL` {
    /// Whether the programs are here.
    static let isHere = (try? PrivatePostgres(environment: ProcessInfo.processInfo.environment)) != nil

    @Test(.enabled(if: isHere), .timeLimit(.minutes(30)))
    func `it is there for the body and gone afterwards, whatever happens`() async throws {
        let postgres = try PrivatePostgres(environment: ProcessInfo.processInfo.environment)
        let folder = try await postgres.run { url in
            let folder = try #require(Self.folder(of: url))
            #expect(FileManager.default.fileExists(atPath: folder + "/.s.PGSQL.5432"))
            return folder
        }
        #expect(!FileManager.default.fileExists(atPath: folder))
        struct Trouble: Error {}
        var other = ""
        await #expect(throws: Trouble.self) {
            try await postgres.run { url in
                other = Self.folder(of: url) ?? ""
                throw Trouble()
            }
        }
        #expect(other.hasPrefix("/tmp/") && !FileManager.default.fileExists(atPath: other))
    }

    @Test func `without a server the message says what to install`() {
        guard !FileManager.default.fileExists(atPath: "/usr/lib/postgresql") else { return }
        let failure = #expect(throws: PortFailure.self) {
            try PrivatePostgres(environment: ["PATH": "/nowhere"])
        }
        #expect(failure?.hint.contains("install") == true)
    }

    private static func folder(of url: String) -> String? {
        let host = url.split(separator: "@").last?.split(separator: "/").first
        return host.flatMap { String($0).removingPercentEncoding }
    }
}
