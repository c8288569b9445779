import SuretyCore
import Testing

@Suite struct `CSV` {
    /// A text, and what is read from it.
    struct Reading: Sendable, CustomTestStringConvertible {
        var text: String
        var rows: [[String?]]
        var testDescription: String { text.debugDescription }
        init(_ text: String, _ rows: [[String?]]) {
            self.text = text
            self.rows = rows
        }
    }

    static let readings: [Reading] = [
        Reading("a,b\n1,2\n", [["1", "2"]]),
        Reading("a,b\r\n1,2\r\n3,4", [["1", "2"], ["3", "4"]]),
        Reading("a,b\n,\"\"\n", [[nil, ""]]),
        Reading("a,b\n\"x,y\",\"he said \"\"no\"\"\"\n", [["x,y", "he said \"no\""]]),
        Reading("a,b\n\"two\r\nlines\",z\n", [["two\r\nlines", "z"]]),
        Reading("\u{FEFF}a,b\n1,2\n", [["1", "2"]]),
        Reading("\u{FEFF}\"a\",b\n1,2\n", [["1", "2"]]),
        Reading("a,b\n 1 ,\t2\n", [[" 1 ", "\t2"]]),
        Reading("a,b\n", []),
        Reading("a,b", []),
        Reading("a\n\n1\n", [[nil], ["1"]]),
        Reading("a,b\n€,日本\n", [["€", "日本"]]),
        Reading("a,b\nNULL,\"NULL\"\n", [["NULL", "NULL"]]),
        Reading("a,b\n1,\n", [["1", nil]]),
        Reading("a,b\n1,", [["1", nil]]),
    ]

    @Test(arguments: readings, [1, 2, 3, 7, 1000])
    func `a text is read the same however it is cut into chunks`(_ reading: Reading, _ size: Int) throws {
        var reader = try CSVReader(chunks: chunks(Array(reading.text.utf8), size))
        var rows: [[String?]] = []
        while let row = try reader.next() { rows.append(row) }
        #expect(rows == reading.rows)
    }

    @Test func `the header names the columns as written`() throws {
        #expect(
            try CSVReader(bytes: Array("id,Invoice Date,\"a,\"\"b\"\nx".utf8)).columns == [
                "id", "Invoice Date", "a,\"b",
            ])
        #expect(try CSVReader(bytes: Array("Ａ,b\n".utf8)).columns == ["Ａ", "b"])
    }

    @Test func `a null text counts only where it is not quoted`() throws {
        let format = try #require(CSVFormat(delimiter: ";", null: "\\N"))
        var reader = try CSVReader(format, bytes: Array("a;b;c\n\\N;\"\\N\";\n".utf8))
        #expect(try reader.next() == [nil, "\\N", nil])
    }

    @Test(arguments: ["\"", "\n", "\r", "é", "\u{0}", "\r\n"] as [Character])
    func `a delimiter that cannot be one is refused`(_ delimiter: Character) {
        #expect(CSVFormat(delimiter: delimiter) == nil)
    }

    static let mistakes: [(String, CSVError)] = [
        ("", CSVError(line: 1, .noHeader)),
        ("a,a\n", CSVError(line: 1, .duplicateColumn("a"))),
        ("a,,c\n", CSVError(line: 1, .unnamedColumn(2))),
        ("\n1\n", CSVError(line: 1, .unnamedColumn(1))),
        ("a,b\n1,2\n3\n", CSVError(line: 3, .fieldCount(found: 1, expected: 2))),
        ("a,b\n1,2,3\n", CSVError(line: 2, .fieldCount(found: 3, expected: 2))),
        ("a,b\n1,2\n\n", CSVError(line: 3, .fieldCount(found: 1, expected: 2))),
        ("a,b\n\"x\ny\",1\n\"z,2\n5,6\n", CSVError(line: 4, .unterminatedQuote)),
        ("a,b\n\"x\"y,1\n", CSVError(line: 2, .textAfterQuote)),
        ("a,b\nx\"y,1\n", CSVError(line: 2, .strayQuote)),
        ("a,b\nx\ry,1\n", CSVError(line: 2, .strayCarriageReturn)),
        ("a,b\n\"x\"\ry,1\n", CSVError(line: 2, .strayCarriageReturn)),
        ("a,b\nx\u{0},1\n", CSVError(line: 2, .notText)),
    ]

    @Test(arguments: mistakes)
    func `a mistake is told with its line`(_ text: String, _ expected: CSVError) {
        #expect(throws: expected) { try readAll(Array(text.utf8)) }
    }

    @Test(
        arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xF5, 0x80, 0x80, 0x80]] as [[UInt8]])
    func `bytes that are not UTF-8 are refused with their line`(_ bad: [UInt8]) {
        #expect(throws: CSVError(line: 2, .notText)) { try readAll(Array("a,b\n1,".utf8) + bad + [0x0A]) }
    }

    @Test func `a missing quote does not read a whole file into memory`() {
        let chunk = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        var given = 0
        #expect(throws: CSVError(line: 2, .rowTooLong(CSVReader.longestRow))) {
            var reader = try CSVReader {
                given += 1
                return given == 1 ? Array("a\n\"".utf8) : chunk
            }
            _ = try reader.next()
        }
        #expect(given < 20)
    }

    private func chunks(_ bytes: [UInt8], _ size: Int) -> () -> [UInt8]? {
        var rest = bytes[...]
        return {
            guard !rest.isEmpty else { return nil }
            defer { rest = rest.dropFirst(size) }
            return Array(rest.prefix(size))
        }
    }

    private func readAll(_ bytes: [UInt8]) throws {
        var reader = try CSVReader(bytes: bytes)
        while try reader.next() != nil {}
    }
}
