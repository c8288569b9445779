import Engine
import Foundation
import LocalSystem
import SuretyCore
import Testing

@Suite struct `project folders` {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write("app/checks/surety.yaml", "surety: 1\n")
        try scratch.folder("app/checks/deep/er")
        try scratch.folder("app/src")
        try scratch.folder("empty")
    }

    @Test(
        arguments: [
            (nil, "app/checks"), (nil, "app/checks/deep/er"), (nil, "app"), ("checks", "app"),
            ("../checks", "app/src"),
        ] as [(String?, String)])
    func `the project is found from where one stands`(_ given: String?, _ place: String) throws {
        let folder = try ProjectFolder(given, from: "\(scratch.path)/\(place)")
        #expect(folder.path == scratch.path + "/app/checks")
        #expect(folder.parent == scratch.path + "/app")
    }

    @Test(
        arguments: [
            (nil, "empty", "empty/checks"), ("deep", "app/checks", "app/checks/deep"),
            ("nowhere", "app", "app/nowhere"),
        ]
            as [(String?, String, String)])
    func `a folder without a project is told by its path`(_ given: String?, _ place: String, _ told: String) {
        let failure = #expect(throws: PortFailure.self) {
            try ProjectFolder(given, from: "\(scratch.path)/\(place)")
        }
        #expect(failure?.message.contains("\(scratch.path)/\(told)") == true)
    }

    @Test func `all declarations are listed once, sorted, hidden ones skipped`() throws {
        let checks = "app/checks"
        for name in [
            "b.yml", "a.yaml", "deep/z.yaml", "deep/er/y.yml", ".hidden/x.yaml", ".w.yaml", "note.txt",
            "c.yaml.bak",
        ] {
            try scratch.write("\(checks)/\(name)")
        }
        try scratch.link("\(checks)/again.yaml", to: "a.yaml")
        try scratch.link("\(checks)/deep/loop", to: "..")
        try scratch.write("outside/o.yaml")
        try scratch.link("\(checks)/out", to: "\(scratch.path)/outside")
        let files = try ProjectFolder(nil, from: "\(scratch.path)/\(checks)").declarationFiles()
        #expect(files == ["a.yaml", "b.yml", "deep/er/y.yml", "deep/z.yaml", "surety.yaml"])
    }

    @Test(arguments: ["/etc/hostname", "nowhere"])
    func `a declaration that links out of the project or to nowhere is refused`(_ target: String) throws {
        try scratch.link("app/checks/bad.yaml", to: target)
        let folder = try ProjectFolder(nil, from: scratch.path + "/app")
        let failure = #expect(throws: PortFailure.self) { try folder.declarationFiles() }
        #expect(failure?.message.contains("bad.yaml") == true)
    }

    @Test func `a secret is a file's text without its line end`() throws {
        try scratch.write("token", "s3cret\n")
        let folder = try ProjectFolder(nil, from: scratch.path + "/app")
        #expect(try folder.secret(scratch.path + "/token") == "s3cret")
        #expect(throws: PortFailure.self) { try folder.secret("/no/such/file") }
    }
}

@Suite struct `project files` {
    private let scratch: Scratch
    private let files: ProjectFiles

    init() throws {
        scratch = try Scratch()
        try scratch.write("app/checks/surety.yaml", "surety: 1\n")
        try scratch.write("app/data/day.csv", "id,name\n1,\n2,\"\"\n")
        try scratch.write("secret.txt", "no")
        files = ProjectFiles(try ProjectFolder("app/checks", from: scratch.path))
    }

    @Test func `files beside the project are read`() throws {
        #expect(try files.read("../data/day.csv").count == 16)
        #expect(try files.read(scratch.path + "/app/data/day.csv").count == 16)
        #expect(files.exists("../data/day.csv") && !files.exists("../data/other.csv"))
    }

    @Test(arguments: [
        "../../secret.txt", "/etc/passwd", "../data/out", "../data/far/passwd", "../../nowhere/x.csv",
    ])
    func `paths out of the project's parent are refused`(_ path: String) throws {
        try scratch.link("app/data/out", to: "../../secret.txt")
        try scratch.link("app/data/far", to: "/etc")
        let failure = #expect(throws: PortFailure.self) { try files.read(path) }
        #expect(failure?.kind == .refused)
        #expect(!files.exists(path))
    }

    @Test func `a missing file is not there yet, a folder is no file, a pipe does not hang us`() throws {
        #expect(throws: PortFailure.self) { try files.read("../data") }
        mkfifo(scratch.path + "/app/data/pipe", 0o644)
        #expect(throws: PortFailure.self) { try files.read("../data/pipe") }
        let failure = #expect(throws: PortFailure.self) { try files.read("../data/2026-04-01.csv") }
        #expect(failure?.kind == .notYet && failure?.isRetryable == true)
    }

    @Test func `a table is read anew each time`() throws {
        let table = try files.table("../data/day.csv", delimiter: ",", null: nil)
        #expect(table.columns == ["id", "name"])
        for _ in 0..<2 {
            var rows = try table.rows()
            #expect(try rows.next() == ["1", nil])
            #expect(try rows.next() == ["2", ""])
            #expect(try rows.next() == nil)
        }
    }

    @Test func `what is wrong with a table names the file and the line`() throws {
        try scratch.write("app/data/bad.csv", "id,name\n1\n")
        let table = try files.table("../data/bad.csv", delimiter: ",", null: nil)
        var rows = try table.rows()
        let failure = #expect(throws: PortFailure.self) { try rows.next() }
        #expect(failure?.message == "../data/bad.csv: line 2: 1 field, where the header has 2")
        #expect(throws: PortFailure.self) { try files.table("../data/day.csv", delimiter: "é", null: nil) }
        try scratch.write("app/data/bad.csv", "id,title\n1,2\n")
        #expect(throws: PortFailure.self) { try table.rows() }
    }
}
