import Engine
import Foundation
import GRDB
import StateStores
import SuretyCore
import SuretyTestKit
import Testing

@Suite struct SQLiteStateStoreTests {
    @Test(arguments: StateStoreContract.cases)
    func `the state port is kept`(_ contract: StateStoreContract) async throws {
        try await inFolder { folder in
            try await contract.verify(try await SQLiteStateStore.open(path: folder + "/a/b/state.db"))
        }
    }

    @Test func `what was recorded is there after opening again`() async throws {
        try await inFolder { folder in
            let path = folder + "/state.db"
            try await SQLiteStateStore.open(path: path).record([.promiseSeen("p")], at: Instant(seconds: 7))
            let seen = try await SQLiteStateStore.open(path: path).promisesSeen()
            #expect(seen == ["p": Instant(seconds: 7)])
        }
    }

    @Test func `several stores on one file are opened and written at once`() async throws {
        try await inFolder { folder in
            let path = folder + "/state.db"
            try await withThrowingTaskGroup { group in
                for number in 0..<6 {
                    group.addTask {
                        let store = try await SQLiteStateStore.open(path: path)
                        for turn in 0..<5 {
                            try await store.record(
                                [.promiseSeen(PromiseID(rawValue: "p\(number)-\(turn)"))],
                                at: Instant(seconds: 1))
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await SQLiteStateStore.open(path: path).promisesSeen().count == 30)
        }
    }

    @Test(arguments: [(nil, 5), (5, nil)] as [(Int64?, Int64?)])
    func `facts of one clock are not mixed with those of another`(first: Int64?, second: Int64?) async throws
    {
        try await inFolder { folder in
            let path = folder + "/state.db"
            // Both are there before the first fact, which settles whose state it is.
            let early = try await SQLiteStateStore.open(path: path, clockOffset: second)
            try await SQLiteStateStore.open(path: path, clockOffset: first)
                .record([.promiseSeen("p")], at: Instant(seconds: 1))
            let failure = await #expect(throws: PortFailure.self) {
                try await SQLiteStateStore.open(path: path, clockOffset: second)
            }
            #expect(failure?.kind == .conflict)
            #expect(failure?.hint.isEmpty == false)
            let late = await #expect(throws: PortFailure.self) {
                try await early.record([.promiseSeen("q")], at: Instant(seconds: 1))
            }
            #expect(late?.kind == .conflict)
            #expect(try await SQLiteStateStore.open(path: path, clockOffset: first).promisesSeen().count == 1)
        }
    }

    @Test(arguments: ["not a database at all", "short", "SQLite format 3\0 and then nonsense"])
    func `a file that is no state is refused and left as it is`(content: String) async throws {
        try await inFolder { folder in
            let path = folder + "/state.db"
            try content.write(toFile: path, atomically: true, encoding: .utf8)
            let failure = await #expect(throws: PortFailure.self) {
                try await SQLiteStateStore.open(path: path)
            }
            #expect(failure?.kind == .storeUnusable)
            #expect(failure?.message.contains(path) == true)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == content)
        }
    }

    @Test func `a state from a newer program is refused and left as it is`() async throws {
        try await inFolder { folder in
            let path = folder + "/state.db"
            _ = try await SQLiteStateStore.open(path: path)
            try await DatabaseQueue(path: path).write {
                try $0.execute(sql: "update surety_store set value = '999' where name = 'version'")
            }
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            let failure = await #expect(throws: PortFailure.self) {
                try await SQLiteStateStore.open(path: path)
            }
            #expect(failure?.kind == .storeUnusable)
            #expect(failure?.message.contains("999") == true)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        }
    }

    @Test func `another program's database is refused`() async throws {
        try await inFolder { folder in
            let path = folder + "/state.db"
            try await DatabaseQueue(path: path).write { try $0.execute(sql: "create table theirs (a)") }
            let failure = await #expect(throws: PortFailure.self) {
                try await SQLiteStateStore.open(path: path)
            }
            #expect(failure?.kind == .storeUnusable)
        }
    }

    @Test func `a folder is refused`() async throws {
        try await inFolder { folder in
            let failure = await #expect(throws: PortFailure.self) {
                try await SQLiteStateStore.open(path: folder)
            }
            #expect(failure?.kind == .storeUnusable)
        }
    }

    @Test func `the file is kept safe against a loss of power`() async throws {
        try await inFolder { folder in
            let path = folder + "/state.db"
            _ = try await SQLiteStateStore.open(path: path)
            let mode = try await DatabaseQueue(path: path).read {
                try String.fetchOne($0, sql: "pragma journal_mode")
            }
            #expect(mode == "wal")
        }
    }

    private func inFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("surety-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }
}
