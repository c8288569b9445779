import Declarations
import SuretyCore
import Testing

@Suite struct HostileInputTests {
    private static let good = Array(SampleProject.small().files["surety.yaml", default: ""].utf8)

    /// The findings of a project with one more file of these bytes.
    private func findings(_ bytes: [UInt8]) -> [String] {
        SampleProject().read(bytes: ["surety.yaml": HostileInputTests.good, "b.yaml": bytes]).findings
            .map(\.description)
    }

    private func findings(_ text: String) -> [String] { findings(Array(text.utf8)) }

    @Test(
        arguments: [
            (
                [0x61, 0x3A, 0x20, 0xFF, 0xFE],
                "b.yaml:1:4: error: the file is not UTF-8 text. Save it as UTF-8."
            ),
            ([0x61, 0x0A, 0x62, 0xC3], "b.yaml:2:2: error: the file is not UTF-8 text. Save it as UTF-8."),
            ([0x61, 0x3A, 0x20, 0x00], "b.yaml:1:4: error: the control character U+0000 is not allowed."),
            ([0x61, 0x0A, 0x07], "b.yaml:2:1: error: the control character U+0007 is not allowed."),
            ([0xFF, 0xFE, 0x61, 0x00], "b.yaml:1:1: error: the file is not UTF-8 text. Save it as UTF-8."),
        ] as [([UInt8], String)])
    func `bytes that are no text are refused with their place`(bytes: [UInt8], finding: String) {
        #expect(findings(bytes) == [finding])
    }

    @Test(arguments: [
        "", "\n", "# only a comment\n", "\u{FEFF}", "---\n", "---\n...\n", "assets:\n", "\r\n\r\n",
    ])
    func `files with nothing in them are no error`(text: String) {
        #expect(findings(text) == [])
    }

    @Test func `a byte order mark and Windows line ends are read`() {
        let text = String(decoding: HostileInputTests.good, as: UTF8.self)
        let bytes = [0xEF, 0xBB, 0xBF] + Array(text.replacing("\n", with: "\r\n").utf8)
        let read = SampleProject().read(bytes: ["surety.yaml": bytes])
        #expect(read.findings.map(\.description) == [])
        #expect(read.catalog?.promises.count == 1)
    }

    @Test(arguments: ["[", "{a: ", "- ", "? ", "- - ", "[{a: "])
    func `deep nesting is refused at its place without recursion`(opening: String) {
        let found = findings(String(repeating: opening, count: 990))
        #expect(found.count == 1)
        #expect(found.first?.contains("the nesting is deeper than 64") == true)
    }

    @Test func `64 levels are read and 65 are not`() {
        func nested(_ depth: Int) -> String {
            "x: " + String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1)
        }
        #expect(findings(nested(64)).allSatisfy { !$0.contains("nesting") })
        #expect(findings(nested(65)).contains { $0.contains("nesting") })
    }

    @Test func `a file beyond 1 MiB is refused`() {
        let comment = "#" + String(repeating: "x", count: 1_048_574) + "\n"
        #expect(findings(comment) == [])
        #expect(findings(comment + "\n") == ["b.yaml:1:1: error: the file is larger than 1 MiB. Split it."])
    }

    @Test func `a million bytes of anything end soon and with few findings`() {
        let fillers = [
            "a: b\n", "[", "- a\n", "a,", "\"", "'", "{", "}", "&a ", "*a ", "!", "${", "\t", "#", "x", "%",
            "|", "é",
        ]
        for filler in fillers {
            for prefix in ["", "assets: [", "promises:\n  ", "assets:\n  a.b:\n    stop:\n    - "] {
                let count = (200_000 - prefix.utf8.count) / filler.utf8.count
                let found = findings(prefix + String(repeating: filler, count: count))
                #expect(found.count <= 201, "\(prefix) \(filler)")
            }
        }
    }

    @Test func `a project of many errors tells of the first 200 of a file`() {
        let keys = (0..<5000).map { "k\($0): 1\n" }.joined()
        let found = findings(keys)
        #expect(found.count == 201)
        #expect(found.contains { $0.contains("there is more wrong with this file") })
    }

    @Test func `every beginning of a good project is read or refused without a crash`() {
        let bytes = HostileInputTests.good
        for end in stride(from: 0, to: bytes.count, by: 7) {
            let read = SampleProject().read(bytes: ["surety.yaml": Array(bytes[..<end])])
            #expect(read.catalog == nil || !read.findings.contains { $0.severity == .error })
        }
    }
}
