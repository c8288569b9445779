import Foundation
import SuretyTestKit
import Testing

@testable import SuretyCore

@Suite struct `what became different of a table` {
    private static func column(
        _ number: Int?, _ name: String, _ type: String = "text", nullable: Bool = true,
        filling: String? = nil, labels: [String]? = nil
    ) -> ColumnInfo {
        ColumnInfo(
            name: name, type: type, nullable: nullable, number: number, filling: filling, labels: labels)
    }

    private static let id = column(1, "id", "bigint", nullable: false)
    private static let note = column(2, "note")
    private static let day = column(3, "day", "date")

    private static func words(_ before: TableShape, _ after: TableShape) -> [String] {
        before.differences(to: after).map(\.words)
    }

    @Test(
        arguments: [
            ([id, note, day], []),
            // The order is no difference.
            ([day, note, id], []),
            ([id, column(2, "remark"), day], ["note was renamed to remark"]),
            ([id, day], ["note was dropped"]),
            ([id, note, day, column(4, "coupon")], ["coupon text was added"]),
            ([id, day, column(4, "remark")], ["note was dropped", "remark text was added"]),
            ([id, day, column(4, "note")], ["note was dropped and added again, its values are others"]),
            (
                [id, day, column(4, "note", "integer", nullable: false)],
                [
                    "note was dropped and added again, its values are others", "note was text and is integer",
                    "note is no longer nullable",
                ]
            ),
            ([id, column(2, "note", "integer"), day], ["note was text and is integer"]),
            (
                [id, column(2, "remark", "integer"), day],
                ["note was renamed to remark", "remark was text and is integer"]
            ),
            ([column(1, "id", "int8"), note, day], ["id became nullable"]),
            // Names that were swapped, and one that another column took over.
            (
                [id, column(2, "day"), column(3, "note", "date")],
                ["note was renamed to day", "day was renamed to note"]
            ),
            ([id, column(3, "note", "date")], ["note was dropped", "day was renamed to note"]),
            (
                [id, column(2, "day"), column(4, "note")],
                ["note was renamed to day", "day was dropped", "note text was added"]
            ),
        ] as [([ColumnInfo], [String])])
    func `columns are known by their numbers while the table is the same`(
        after: [ColumnInfo], words: [String]
    ) {
        let before = TableShape([Self.id, Self.note, Self.day], number: 9)
        #expect(Self.words(before, TableShape(after, number: 9)) == words)
    }

    @Test func `a name that is only composed otherwise is another one`() {
        let (one, other) = ("\u{e9}", "e\u{301}")
        let before = TableShape([Self.column(1, one)], number: 9)
        #expect(
            Self.words(before, TableShape([Self.column(1, other)], number: 9))
                == ["\(one) was renamed to \(other)"])
        #expect(
            Self.words(TableShape([Self.column(nil, one)]), TableShape([Self.column(nil, other)]))
                == ["\(one) was dropped", "\(other) text was added"])
        #expect(
            Self.words(
                TableShape([Self.column(1, "s", labels: [one])], number: 9),
                TableShape([Self.column(1, "s", labels: [one, other])], number: 9))
                == ["s may also be '\(other)'"])
    }

    @Test(
        arguments: [
            // Another table, one that is known by name, and one that was looked at before numbers were.
            (TableShape([id, note], number: 9), TableShape([id, column(2, "remark")], number: 10)),
            (TableShape([id, note]), TableShape([id, column(2, "remark")])),
            (
                TableShape([id, column(nil, "note")], number: 9),
                TableShape([id, column(2, "remark")], number: 9)
            ),
        ])
    func `else columns are known by name`(before: TableShape, after: TableShape) {
        let isOther = before.number != after.number
        #expect(
            Self.words(before, after)
                == (isOther ? ["the table was dropped and made again"] : [])
                + ["note was dropped", "remark text was added"])
        #expect(Self.words(before, TableShape([Self.id, Self.column(7, "note")])) == [])
    }

    @Test(
        arguments: [
            (column(2, "s", filling: ""), column(2, "s", filling: ""), []),
            (
                column(2, "s", filling: ""), column(2, "s", filling: "0"),
                ["the default of s was NULL and is 0"]
            ),
            (
                column(2, "s", filling: "now()"), column(2, "t", filling: ""),
                ["s was renamed to t", "the default of t was now() and is NULL"]
            ),
            // What was not looked at is not compared.
            (column(2, "s"), column(2, "s", filling: "0", labels: ["a"]), []),
            (column(2, "s", labels: ["a", "b"]), column(2, "s", labels: ["a", "b"]), []),
            (
                column(2, "s", labels: ["a", "b"]), column(2, "s", labels: ["c", "a", "d", "b"]),
                ["s may also be 'c', 'd'"]
            ),
            (column(2, "s", labels: ["a", "b"]), column(2, "s", labels: ["b"]), ["s can no longer be 'a'"]),
            (
                column(2, "s", labels: ["a", "b"]), column(2, "s", labels: ["b", "a"]),
                ["the values of s sort in another order"]
            ),
            (
                column(2, "s", labels: ["a", "b", "c"]), column(2, "s", labels: ["c", "d", "b"]),
                [
                    "s may also be 'd'", "s can no longer be 'a'", "the values of s sort in another order",
                ]
            ),
            // An enumeration in place of a text is another type.
            (
                column(2, "s", labels: []), column(2, "s", "mood", labels: ["a"]),
                ["s was text and is mood"]
            ),
        ] as [(ColumnInfo, ColumnInfo, [String])])
    func `defaults and the values of enumerations are compared`(
        before: ColumnInfo, after: ColumnInfo, words: [String]
    ) {
        #expect(Self.words(TableShape([before], number: 9), TableShape([after], number: 9)) == words)
    }

    private static let positive = ConstraintInfo(name: "positive", definition: "CHECK ((n > 0))", number: 5)

    @Test(
        arguments: [
            ([positive], [positive], []), (nil, [positive], []), ([positive], nil, []),
            ([positive], [], ["the constraint positive was dropped: CHECK ((n > 0))"]),
            ([], [positive], ["the constraint positive was added: CHECK ((n > 0))"]),
            (
                [], [ConstraintInfo(name: "p", definition: "CHECK ((n > 0))", isValidated: false)],
                ["the constraint p was added, not validated: CHECK ((n > 0))"]
            ),
            // Its column was renamed, or the constraint was; its table was made again.
            ([positive], [ConstraintInfo(name: "p", definition: "CHECK ((m > 0))", number: 5)], []),
            ([positive], [ConstraintInfo(name: "positive", definition: "CHECK ((n > 0))", number: 6)], []),
            (
                [positive], [ConstraintInfo(name: "positive", definition: "CHECK ((n > 1))", number: 6)],
                ["the constraint positive was CHECK ((n > 0)) and is CHECK ((n > 1))"]
            ),
            (
                [ConstraintInfo(name: "p", definition: "x", isValidated: false)],
                [ConstraintInfo(name: "p", definition: "x")], ["the constraint p is now validated"]
            ),
            // One took the name of another.
            (
                [positive, ConstraintInfo(name: "p", definition: "x", number: 6)],
                [ConstraintInfo(name: "positive", definition: "x", number: 6)],
                ["the constraint positive was dropped: CHECK ((n > 0))"]
            ),
        ] as [([ConstraintInfo]?, [ConstraintInfo]?, [String])])
    func `constraints are known by their numbers, else by name`(
        before: [ConstraintInfo]?, after: [ConstraintInfo]?, words: [String]
    ) {
        let found = Self.words(
            TableShape([Self.id], constraints: before, number: 9),
            TableShape([Self.id], constraints: after, number: 9))
        #expect(found == words)
    }

    @Test func `unchanged columns are those of the same names, types and NULL`() {
        let rule = SchemaRule.unchanged(exceptAdded: false)
        let before = TableShape([Self.id, Self.note], constraints: [Self.positive], number: 9)
        func problems(_ columns: [ColumnInfo], number: Int64 = 9) -> [String]? {
            rule.problems(
                in: TableShape(columns, constraints: [], number: number), baseline: before)
        }
        #expect(problems([Self.id, Self.column(2, "remark")]) == ["note was renamed to remark"])
        #expect(
            problems([Self.id, Self.column(2, "remark")], number: 10)
                == ["note was dropped", "remark text was added"])
        // Made again as they were.
        #expect(problems([Self.id, Self.column(3, "note", filling: "''")]) == [])
        #expect(problems([Self.id, Self.note], number: 10) == [])
        let added = SchemaRule.unchanged(exceptAdded: true)
        let more = TableShape([Self.id, Self.note, Self.day], number: 9)
        #expect(added.problems(in: more, baseline: before) == [])
        #expect(
            added.problems(in: TableShape([Self.id, Self.day], number: 9), baseline: before) == [
                "note was dropped"
            ])
    }

    @Test func `what earlier versions recorded is still read`() throws {
        let column = #"{"name": "id", "type": "bigint", "baseType": "bigint", "nullable": false}"#
        let baseline = try JSONDecoder().decode(
            CheckAcceptance.Baseline.self,
            from: Data(#"{"columns": [\#(column)], "at": \#(try json(moment("18T05:00")))}"#.utf8))
        #expect(baseline.shape == TableShape([ColumnInfo(name: "id", type: "bigint", nullable: false)]))
        let certificate = Make.certificate("c", Make.source("raw.t"), Make.day("2026-11-18"))
        let text = try json(certificate)
        #expect(!text.contains("constraints"))
        #expect(
            try JSONDecoder().decode(Certificate.self, from: Data(text.utf8)).shape.constraints == nil)
    }

    private func json(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
}
