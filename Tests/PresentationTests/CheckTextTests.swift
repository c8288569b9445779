import Presentation
import SuretyCore
import SuretyTestKit
import Testing

@Suite struct CheckTextTests {
    @Test func `a proof says what it rests on`() {
        let asset = Make.source("raw.a")
        let check = Make.check("id unique", of: asset.name, body: .row(.unique(["id"])))
        let result = Judge(check, of: asset.name, slice: .whole, zone: .utc).provedForRows(
            "the constraint a_pkey")
        #expect(
            CheckText.line(result, .plain)
                == "  pass          id unique  proved by the constraint a_pkey\n")
    }

    @Test func `nothing in the data is obeyed by a terminal, breaks a line or turns it round`() {
        let asset = Make.source("raw.a")
        let evil = "\u{1B}[31mRED\u{1B}]0;x\u{7}\nowner\tmallory\u{202E}\u{9B}1m\r"
        let shown = #"\u{1b}[31mRED\u{1b}]0;x\u{7}\nowner\tmallory\u{202e}\u{9b}1m\r"#
        var result = CheckResult(
            Make.check("max t = 'a'", of: asset.name), of: asset.name, slice: .whole, .fail, why: evil)
        result.observed = evil
        result.expected = evil
        result.slice = "all 5 rows have t = '\(evil)'"
        result.samples = [["t": evil]]
        let text = CheckText.line(result, .plain)
        #expect(text.split(separator: "\n").count == 4)
        #expect(text.contains("observed \(shown)\n"))
        #expect(text.contains("expected \(shown)\n"))
        #expect(text.contains("\(shown); all 5 rows have t = '\(shown)'\n"))
        #expect(text.contains("e.g. t=\(shown)\n"))
        #expect(CheckDocument.json(result).document.contains(#"\u001b[31mRED"#))
        var table = TextTable(["T", "U"])
        table.add([.init(evil), "u"])
        #expect(table.text(.plain).hasSuffix("\(shown)  u\n"))
        #expect("one\ntwo\u{1B}".printableLines == "one\ntwo\\u{1b}")
    }
}
