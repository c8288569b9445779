import Foundation
import SuretyCore
import Testing

@Suite struct `A name` {
    private let one = "\u{e9}"
    private let other = "e\u{301}"

    @Test func `is the same only byte by byte, though Swift takes both for equal`() {
        #expect(one == other)
        #expect(!one.isExactly(other))
        #expect(one.isExactly("\u{e9}"))
        #expect([one, other].exactly.count == 2)
        #expect([one].hasExactly(one))
        #expect(![one].hasExactly(other))
    }

    @Test func `of a table and of a value is no other that looks the same`() throws {
        let names = [AssetName(schema: "raw", table: one), AssetName(schema: "raw", table: other)]
        #expect(Set(names).count == 2)
        #expect((names[0] < names[1]) != (names[1] < names[0]))
        #expect(Set([SQLValue.text(one), .text(other), .decimal("1"), .integer(1)]).count == 4)
        #expect(SQLValue.text(one) == .text(one))
    }

    @Test func `of a column is written and read as a text`() throws {
        let column = ColumnInfo(name: other, type: "text", nullable: true)
        let written = try JSONEncoder().encode(column)
        let fields = try #require(try JSONSerialization.jsonObject(with: written) as? [String: Any])
        #expect((fields["name"] as? String)?.isExactly(other) == true)
        #expect(try JSONDecoder().decode(ColumnInfo.self, from: written) == column)
        #expect(column != ColumnInfo(name: one, type: "text", nullable: true))
    }
}
