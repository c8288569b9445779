import CheckSQL
import SuretyCore
import SuretyTestKit
import Synchronization
import Testing

@Suite struct `A proof` {
    private static let name = Make.name("raw.t")

    /// Columns of many types, and whatever a test guarantees about them.
    private static func table(_ guarantee: (inout Guarantees) -> Void) -> TableInfo {
        var guarantees = Guarantees()
        guarantee(&guarantees)
        func column(_ name: String, _ type: String, below base: String? = nil) -> ColumnInfo {
            ColumnInfo(name: name, type: type, baseType: base, nullable: true)
        }
        return TableInfo(
            name: name,
            columns: [
                column("i", "bigint"), column("n", "numeric(12,2)"), column("x", "double precision"),
                column("t", "text"), column("v", "character varying(9)"), column("c", "character(3)"),
                column("m", "mood"), column("s", "small", below: "integer"), column("Odd", "integer"),
                column("p", "timestamp with time zone"), column("q", "timestamp(3) with time zone"),
                column("w", "timestamp without time zone"), column("d", "date"), column("user", "text"),
                column("j", "integer"), column("k", "sku", below: "text"), column("y", "double precision"),
            ],
            guarantees: guarantees)
    }

    private static func results(
        _ texts: [String], _ table: TableInfo, _ session: (TableInfo) -> CountingSession
    ) throws -> (results: [CheckResult], queries: [String]) {
        let fixture = CheckFixture(
            name: "t", setup: [], asset: Make.source("raw.t", days: nil), slice: .whole,
            context: CheckContext(now: Make.instant("2026-11-20T09:00:00Z")),
            cases: texts.map { CheckCase($0, .pass) })
        let session = session(table)
        let results = try CheckRound(
            asset: fixture.asset, slice: .whole, checks: try fixture.checks(on: .postgres).map(\.check),
            context: fixture.context, snapshot: "1"
        ).run(on: session)
        return (results, session.asked)
    }

    private static func why(_ text: String, _ guarantee: (inout Guarantees) -> Void) throws -> String? {
        let result = try results([text], table(guarantee)) { CountingSession($0, rows: 1) }.results[0]
        return result.proved ? result.why : nil
    }

    /// What a constraint of a column says, and which checks of it that proves, or does not.
    struct Case: Sendable, CustomTestStringConvertible {
        let expression: String
        let column: String
        let proved: [String]
        let read: [String]
        var testDescription: String { expression }

        init(_ expression: String, _ column: String, _ proved: [String], not read: [String]) {
            self.expression = expression
            self.column = column
            self.proved = proved
            self.read = read
        }
    }

    @Test(arguments: [
        Case(
            "(i >= 5)", "i",
            ["i >= 5", "i > 4", "i >= 4.5", "i != 4", "i not in [1, 2]", "i not between 0 and 4"],
            not: ["i > 5", "i >= 6", "i <= 9", "i = 5", "i in [5]", "i != 5", "i between 5 and 9"]),
        Case("(i > 5)", "i", ["i >= 6", "i > 5", "i != 5"], not: ["i >= 7", "i > 6"]),
        Case("(i < '-5'::integer)", "i", ["i <= -6", "i < -5", "i <= 0"], not: ["i <= -7"]),
        Case("(0 <= i)", "i", ["i >= 0"], not: ["i > 0", "i <= 0"]),
        Case("((i)::numeric > 0.5)", "i", ["i > 0.5", "i >= 0"], not: ["i >= 1"]),
        Case("(i < '5000000000'::bigint)", "i", ["i < 5000000000"], not: ["i < 4999999999"]),
        Case(
            "((i >= 1) AND (i <= 9))", "i", ["i between 1 and 9", "i between 0 and 10"],
            not: ["i between 2 and 9"]),
        Case(
            "(i = ANY (ARRAY[1, 2, 3]))", "i", ["i in [1, 2, 3, 4]", "i >= 1", "i < 3.5", "i != 9"],
            not: ["i in [1, 2]", "i != 2", "i > 1"]),
        Case(
            "(i <> ALL (ARRAY[1, 2]))", "i", ["i not in [1, 2]", "i != 2"], not: ["i not in [3]", "i > 2"]),
        Case(
            "(i = 7)", "i", ["i = 7", "i in [7, 8]", "i between 7 and 7", "i > 6"], not: ["i = 8", "i > 7"]),
        Case("((i >= 1) OR (i <= -9))", "i", [], not: ["i >= 1", "i != 0"]),
        Case("((i >= 1) AND (lower(t) = t))", "i", [], not: ["i >= 1"]),
        Case("(i >= length(t))", "i", [], not: ["i >= 0"]),
        Case(
            String(repeating: "(", count: 9000) + "i >= 1" + String(repeating: ")", count: 9000), "i", [],
            not: ["i >= 1"]),
        Case("(abs(i) >= 1)", "i", [], not: ["i >= 1"]),
        Case("((i + 1) >= 1)", "i", [], not: ["i >= 1"]),
        Case("(i OPERATOR(raw.>=) 1)", "i", [], not: ["i >= 1"]),
        Case("(i >= 1) NOT VALID", "i", [], not: ["i >= 1"]),
        Case("(i >= (1.5)::integer)", "i", [], not: ["i >= 1"]),
        Case("((i)::text = '1'::text)", "i", [], not: ["i = 1"]),
        // NaN is above every number.
        Case("(n >= (0)::numeric)", "n", ["n != -1"], not: ["n >= 0", "n > -1"]),
        Case("((n >= (0)::numeric) AND (n <> 'NaN'::numeric))", "n", ["n >= 0"], not: ["n > 0"]),
        Case(
            "((n >= ('-1'::integer)::numeric) AND (n <= 100.50))", "n",
            ["n >= -1", "n <= 100.5", "n > -1.01"],
            not: ["n >= 0", "n < 100.5"]),
        Case("(n = ANY (ARRAY['NaN'::numeric, (1)::numeric]))", "n", [], not: ["n in [1]", "n >= 1"]),
        Case("((n)::integer >= 1)", "n", [], not: ["n >= 1", "n >= 0.5"]),
        Case("(x >= (0)::double precision)", "x", [], not: ["x >= 0"]),
        Case(
            "(t = ANY (ARRAY['x'::text, 'it''s'::text]))", "t", ["t in ['it''s', 'x', y]", "t != ''"],
            not: ["t in [x]", "t != 'x'"]),
        Case(
            "(t = 'caf\u{e9}'::text)", "t", ["t = 'caf\u{e9}'"],
            not: ["t = 'cafe\u{301}'", "t in ['cafe\u{301}']"]),
        Case("(t <> ''::text)", "t", ["t != ''", "t not in ['']"], not: ["t != 'x'", "t length > 0"]),
        Case("(t = 'a\\b'::text)", "t", ["t = 'a\\b'"], not: ["t = 'a\\\\b'", "t = 'ab'"]),
        Case("(t = E'a\\b'::text)", "t", [], not: ["t = 'a\\b'"]),
        Case(
            "(t ~ '^a''\\d{6}$'::text)", "t", ["t matches '^a''\\d{6}$'"],
            not: [
                "t matches '^a''\\d{7}$'", "t matches '^A''\\d{6}$'", "t matches '^a''\\\\d{6}$'",
                "t does not match '^a''\\d{6}$'", "t like '^a''\\d{6}$'", "v matches '^a''\\d{6}$'",
                "c matches '^a''\\d{6}$'",
            ]),
        Case(
            "(t !~ 'x'::text)", "t", ["t does not match 'x'"],
            not: ["t matches 'x'", "t not like 'x'", "t does not match 'X'", "t != 'x'"]),
        Case("(t ~* 'x'::text)", "t", [], not: ["t matches 'x'"]),
        Case("(t !~* 'x'::text)", "t", [], not: ["t does not match 'x'"]),
        Case("(t ~~* 'x'::text)", "t", [], not: ["t like 'x'"]),
        Case("(t ~ ('x'::text COLLATE \"C\"))", "t", [], not: ["t matches 'x'"]),
        Case("((t COLLATE \"C\") ~ 'x'::text)", "t", [], not: ["t matches 'x'"]),
        Case("(t ~ (v)::text)", "t", [], not: ["t matches 'v'"]),
        Case("(NOT (t ~ 'x'::text))", "t", [], not: ["t does not match 'x'", "t matches 'x'"]),
        Case("('x'::text ~ t)", "t", [], not: ["t matches 'x'"]),
        Case("(lower(t) ~ 'x'::text)", "t", [], not: ["t matches 'x'"]),
        Case("((t ~ 'x'::text) OR (t ~ 'y'::text))", "t", [], not: ["t matches 'x'"]),
        Case(
            "(t ~ '\u{e9}'::text)", "t", ["t matches '\u{e9}'"], not: ["t matches 'e\u{301}'"]),
        Case(
            "(((v)::text ~~ 'a\\_%'::text) AND ((v)::text !~~ '%b'::text))", "v",
            ["v like 'a\\_%'", "v not like '%b'"], not: ["v like 'a_%'", "v like '%b'", "v matches '%b'"]),
        Case("((v)::character varying(1) ~ 'x'::text)", "v", [], not: ["v matches 'x'"]),
        Case("(c ~ 'x'::text)", "c", [], not: ["c matches 'x'"]),
        Case(
            "(t ~~ like_escape('a#%'::text, '#'::text))", "t", [], not: ["t like 'a#%'", "t like 'a%'"]),
        Case(
            "(length(t) = 10)", "t",
            [
                "t length = 10", "t length >= 10", "t length > 9", "t length between 1 and 10",
                "t length != 9",
            ],
            not: ["t length = 9", "t length > 10", "t = '10'", "v length = 10"]),
        Case(
            "((char_length((v)::text) >= 2) AND (character_length((v)::text) < 9))", "v",
            ["v length between 2 and 8", "v length > 1"], not: ["v length between 3 and 8", "v length > 2"]),
        Case("(octet_length(t) = 10)", "t", [], not: ["t length = 10"]),
        Case("(length(lower(t)) = 10)", "t", [], not: ["t length = 10"]),
        Case("(length(c) = 3)", "c", [], not: ["c length = 3"]),
        Case("((length(t) + 1) = 10)", "t", [], not: ["t length = 10", "t length = 9"]),
        Case("(raw.length(t) = 10)", "t", [], not: ["t length = 10"]),
        Case(
            "((v)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[]))", "v",
            ["v in [x, y]"], not: ["v in [x]"]),
        Case(
            "((v)::text = ANY (ARRAY[('x'::character varying)::text]))", "v", ["v in [x, y]", "v = 'x'"],
            not: []),
        Case("((v)::character varying(1) = 'x'::text)", "v", [], not: ["v = 'x'"]),
        Case("(c = 'x'::bpchar)", "c", [], not: ["c = 'x'"]),
        Case("(\"Odd\" > 0)", "Odd", ["Odd > 0"], not: ["Odd > 1"]),
        Case(
            "(i IS NOT NULL)", "i", ["i not null", "missing i = 0"], not: ["i >= 0", "missing i as [1] = 0"]),
    ])
    func `by a condition follows from exactly what it says`(_ wanted: Case) throws {
        func why(_ text: String) throws -> String? {
            try Self.why(text) {
                $0.conditions = [
                    Guarantees.Condition(name: "it", columns: [wanted.column], expression: wanted.expression)
                ]
            }
        }
        for text in wanted.proved { #expect(try why(text) == "proved by the constraint it", "\(text)") }
        for text in wanted.read { #expect(try why(text) == nil, "\(text)") }
    }

    @Test(arguments: [
        Case(
            "(p >= q)", "p",
            [
                "row 'p >= q'", "row '(P)>=\"q\"'", "row 'q <= p'", "p >= q", "q <= p",
            ],
            not: [
                "row 'p > q'", "row 'q >= p'", "row 'p >= w'", "row 'p >= q or p is null'", "row 'not p < q'",
                "row 'p >= q -- ever'", "row 'p >= q::timestamptz'", "row 'p >= Q + p'", "row 'p >= \"Q\"'",
                "row 'p >= date(q)'", "row 't.p >= q'", "p > q", "q >= p",
            ]),
        Case("(p >= (w)::timestamp with time zone)", "p", [], not: ["row 'p >= w'"]),
        Case("(p >= w)", "p", [], not: ["row 'p >= w'", "p >= w"]),
        Case("(d >= w)", "d", [], not: ["row 'd >= w'"]),
        Case("(x >= y)", "x", ["row 'x >= y'", "x >= y"], not: ["row 'x > y'"]),
        Case("(x > (0.1)::double precision)", "x", [], not: ["row 'x > 0.1'"]),
        Case(
            "(n > (i)::numeric)", "n", ["row 'n > i'", "row 'i < n'"], not: ["row 'n > j'", "row 'i > n'"]),
        Case(
            "(n > (0)::numeric)", "n", ["row 'n > 0'", "row 'n > 0.0'"], not: ["row 'n > 1'", "row 'n >= 0'"]),
        Case("((n)::integer > 0)", "n", [], not: ["row 'n > 0'", "row 'n::integer > 0'"]),
        Case("(i <> '-5'::integer)", "i", [], not: ["row 'i <> 5'", "row 'i <> -5'"]),
        Case(
            "(((i >= 1) AND (i <= 9)) AND (t = 'x'::text))", "i",
            [
                "row 'i between 1 and 9'", "row \"t = 'x' AND i >= 1\"", "row 'i <= 9'", "row \"'x' = t\"",
            ],
            not: ["row 'i between 1 and 8'", "row \"t = 'X'\"", "row \"t = 'x' or i >= 1\"", "row 'i < 9'"]),
        Case(
            "(((i < 1) OR (i > 9)) AND (NOT ((j = 3) AND (t IS NOT NULL))))", "i",
            ["row 'i not between 1 and 9'", "row 'i < 1 or i > 9'", "row 'not (j = 3 and t is not null)'"],
            not: ["row 'i < 1'", "row 'i > 9'", "row 'not j = 3 and t is not null'", "row 'j = 3'"]),
        Case(
            "((i = 1) OR ((j = 2) AND (i = 3)))", "i",
            ["row 'i = 1 or j = 2 and i = 3'", "row 'i = 1 OR (j = 2 AND i = 3)'"],
            not: ["row '(i = 1 or j = 2) and i = 3'", "row 'i = 1'"]),
        Case(
            "((j = ANY (ARRAY[1, 2])) AND ((v)::text <> ALL ((ARRAY['x'::character varying, 'y'::character varying])::text[])))",
            "j",
            ["row 'j in (1, 2)'", "row 'j = 1 or j = 2'", "row \"v not in ('x', 'y')\"", "row \"v != 'x'\""],
            not: [
                "row 'j in (1)'", "row 'j in (1, 2, 3)'", "row \"v not in ('x', 'z')\"", "row 'j in (1, i)'",
            ]),
        Case(
            "((t ~ '^a\\.'::text) AND ((v)::text !~~ 'b%'::text) AND (length((v)::text) = 3))", "t",
            [
                "row \"t ~ '^a\\.'\"", "row \"v not like 'b%'\"", "row 'length(v) = 3'",
                "row 'char_length(v) = 3'",
            ],
            not: [
                "row \"t ~* '^a\\.'\"", "row \"t ~ E'^a\\.'\"", "row \"v like 'b%'\"", "row 'length(t) = 3'",
                "row \"t ~ '^A\\.'\"", "row \"v not like 'b%' escape 'x'\"", "row 'octet_length(v) = 3'",
            ]),
        Case("(t >= 'x'::text)", "t", [], not: ["row \"t >= 'x'\""]),
        Case("(t < (v)::text)", "t", [], not: ["row 't < v'"]),
        Case("(t = (v)::text)", "t", ["row 't = v'", "t = v"], not: ["row 'v = t'", "row 't <> v'"]),
        Case("((k)::text = 'x'::text)", "k", [], not: ["row \"k = 'x'\""]),
        Case(
            "(d >= '2020-01-01'::date)", "d", ["row \"d >= '2020-01-01'\""],
            not: ["row \"d >= '2020-01-02'\"", "row \"d >= '2020-1-1'\"", "row \"d >= date '2020-01-01'\""]),
        Case("(d < 'infinity'::date)", "d", [], not: ["row \"d < 'infinity'\""]),
        Case(
            "((d)::text = '2020-01-01'::text)", "d", [], not: ["row \"d = '2020-01-01'\""]),
        // Without quotes it is the role.
        Case(
            "(\"user\" = 'x'::text)", "user", ["row '\"user\" = ''x'''"],
            not: ["row \"user = 'x'\"", "row 't = ''x'''"]),
        Case("(\"Odd\" > 0)", "Odd", ["row '\"Odd\" > 0'"], not: ["row 'Odd > 0'", "row 'odd > 0'"]),
        Case("((p >= q) IS TRUE)", "p", [], not: ["row 'p >= q'", "row '(p >= q) is true'"]),
        Case("(raw.sure(p) AND (p >= q))", "p", [], not: ["row 'p >= q'"]),
        Case("(t = ('x'::text COLLATE \"C\"))", "t", [], not: ["row \"t = 'x'\""]),
    ])
    func `of a row's condition is by the same condition`(_ wanted: Case) throws {
        func why(_ text: String) throws -> String? {
            try Self.why(text) {
                $0.conditions = [
                    Guarantees.Condition(name: "it", columns: [wanted.column], expression: wanted.expression)
                ]
            }
        }
        for text in wanted.proved { #expect(try why(text) == "proved by the constraint it", "\(text)") }
        for text in wanted.read { #expect(try why(text) == nil, "\(text)") }
    }

    @Test func `of a row's condition may rest on several constraints, and leaves open what is NULL`() throws {
        let table = Self.table {
            $0.conditions = [
                Guarantees.Condition(name: "late", columns: ["p", "q"], expression: "(p >= q)"),
                Guarantees.Condition(name: "low", columns: ["i"], expression: "(i > 0)"),
                Guarantees.Condition(name: "far", domain: "small", columns: ["s"], expression: "(VALUE > 0)"),
            ]
        }
        let (results, queries) = try Self.results(
            ["row 'i > 0 and p >= q'", "row 's > 0'", "rows >= 1"], table
        ) { CountingSession($0, rows: 3) }
        #expect(results.map(\.proved) == [true, false, false])
        #expect(results[0].why == "proved by the constraint low and the constraint late")
        #expect(results[0].violations == 0)
        #expect(results[0].unknown == nil)
        #expect(queries.count { $0.contains("count(") } == 1)
        let alone = try Self.results(["row 'p >= q'"], table) { CountingSession($0, rows: 1) }
        #expect(alone.results[0].isEvidence)
        #expect(alone.queries == ["SELECT 1 FROM \"raw\".\"t\" WHERE (p >= q\n) IS NOT NULL LIMIT 1"])
    }

    @Test func `by a domain is about the lengths of its columns, not about what they match`() throws {
        let domain = { (guarantees: inout Guarantees) in
            guarantees.conditions = [
                Guarantees.Condition(
                    name: "sku_check", domain: "sku", columns: ["k"],
                    expression: "((VALUE ~ 'x'::text) AND (length(VALUE) = 3))")
            ]
        }
        #expect(
            try Self.why("k length = 3", domain) == "proved by the constraint sku_check of the domain sku")
        #expect(try Self.why("k matches 'x'", domain) == nil)
    }

    @Test func `by a domain is about the values of its columns, never about NULL`() throws {
        let domain = { (expression: String) in
            { (guarantees: inout Guarantees) in
                guarantees.conditions = [
                    Guarantees.Condition(
                        name: "small_check", domain: "small", columns: ["s"], expression: expression)
                ]
            }
        }
        let words = "proved by the constraint small_check of the domain small"
        #expect(try Self.why("s > 0", domain("(VALUE > 0)")) == words)
        #expect(try Self.why("s >= 1", domain("((VALUE)::integer > 0)")) == words)
        #expect(try Self.why("i > 0", domain("(VALUE > 0)")) == nil)
        #expect(try Self.why("s not null", domain("(VALUE IS NOT NULL)")) == nil)
        #expect(try Self.why("s > 0", domain("(s > 0)")) == nil)
    }

    @Test func `names every constraint that it rests on`() throws {
        let why = try Self.why("n between 0 and 9") {
            $0.conditions = [
                Guarantees.Condition(name: "low", columns: ["n"], expression: "(n >= (0)::numeric)"),
                Guarantees.Condition(name: "high", columns: ["n"], expression: "(n <= (9)::numeric)"),
            ]
        }
        #expect(why == "proved by the constraint low and the constraint high")
    }

    @Test func `by an enumeration needs the same words`() throws {
        let mood = { (guarantees: inout Guarantees) in
            guarantees.labels = [Guarantees.Labels(column: "m", type: "mood", labels: ["well", "ill"])]
        }
        #expect(try Self.why("m in [ill, well]", mood) == "proved by the type mood")
        #expect(try Self.why("m in [well]", mood) == nil)
        // A word that is no label is an error of the warehouse, which only asking finds.
        #expect(try Self.why("m in [well, ill, dead]", mood) == nil)
        #expect(try Self.why("m not in [dead]", mood) == nil)
    }

    @Test func `by a key covers what has its columns`() throws {
        let key = { (guarantees: inout Guarantees) in
            guarantees.keys = [Guarantees.Key(columns: ["i", "t"], kind: .primary, name: "t_pkey")]
            guarantees.notNull = [Guarantees.NotNull(column: "i"), Guarantees.NotNull(column: "v")]
        }
        let words = "proved by the constraint t_pkey"
        for text in [
            "i, t unique", "t, i, n unique", "duplicates i, t = 0", "duplicates i, t < 5", "i not null",
        ] {
            #expect(try Self.why(text, key) == words, "\(text)")
        }
        #expect(try Self.why("v not null", key) == "proved by NOT NULL of v")
        for text in [
            "i unique", "duplicates i = 0", "duplicates i, t > 0", "duplicates i, t = 0%",
            "distinct i, t = 0",
            "t not null", "missing i < 5%", "missing i as [0] = 0", "missing i != 0",
        ] {
            #expect(try Self.why(text, key) == nil, "\(text)")
        }
    }

    @Test func `by a foreign key is about that column of that table`() throws {
        let key = { (guarantees: inout Guarantees) in
            guarantees.references = [
                Guarantees.Reference(column: "i", table: Self.name, target: "Odd", name: "t_fkey")
            ]
        }
        #expect(try Self.why("i references raw.t.Odd", key) == "proved by the constraint t_fkey")
        #expect(try Self.why("i references raw.t.i", key) == nil)
        #expect(try Self.why("Odd references raw.t.Odd", key) == nil)
        #expect(try Self.why("i references raw.nowhere.Odd", key) == nil)
    }

    @Test func `is about names byte by byte`() throws {
        let (one, other) = ("\u{e9}", "e\u{301}")
        let column = { ColumnInfo(name: $0, type: "bigint", nullable: true) }
        var guarantees = Guarantees()
        guarantees.notNull = [Guarantees.NotNull(column: one, name: "sure")]
        guarantees.keys = [Guarantees.Key(columns: [one], kind: .unique, name: "key")]
        guarantees.references = [
            Guarantees.Reference(column: one, table: Self.name, target: one, name: "other")
        ]
        guarantees.conditions = [
            Guarantees.Condition(name: "high", columns: [one], expression: "(\"\(one)\" > 5)")
        ]
        let table = TableInfo(
            name: Self.name, columns: [column(one), column(other)], guarantees: guarantees)
        func proved(_ text: String) throws -> Bool {
            try Self.results([text], table) { CountingSession($0, rows: 1) }.results[0].proved
        }
        for rest in ["not null", "unique", "references raw.t.\"\(one)\"", "> 5"] {
            #expect(try proved("column \"\(one)\" \(rest)"), "\(rest)")
            #expect(try !proved("column \"\(other)\" \(rest)"), "\(rest)")
        }
        #expect(try !proved("column \"\(one)\" references raw.t.\"\(other)\""))
    }

    private static func sure(_ guarantees: inout Guarantees) {
        guarantees.notNull = [Guarantees.NotNull(column: "i", name: "sure")]
        guarantees.keys = [Guarantees.Key(columns: ["i"], kind: .index, name: "one")]
    }

    @Test func `reads no row where another stop check does`() throws {
        let (results, queries) = try Self.results(
            ["i not null except 5%", "rows >= 1", "i unique", "missing i = 0"], Self.table(Self.sure)
        ) { CountingSession($0, rows: 3) }
        #expect(results.map(\.verdict) == [.pass, .pass, .pass, .pass])
        #expect(results.map(\.proved) == [true, false, true, true])
        #expect(results.map(\.rows) == [nil, 3, nil, nil])
        #expect(results.map(\.isEvidence) == [false, true, false, false])
        #expect(results.map(\.violations) == [0, nil, 0, 0])
        #expect(results[2].why == "proved by the unique index one")
        #expect(results[3].observed == "0")
        #expect(queries.count == 1)
    }

    @Test func `is evidence once one row was seen that it is about`() throws {
        let (results, queries) = try Self.results(
            ["i not null", "i unique"], Self.table(Self.sure)
        ) { CountingSession($0, rows: 1) }
        #expect(results.map(\.rows) == [1, nil])
        #expect(results.map(\.isEvidence) == [true, false])
        #expect(queries == ["SELECT 1 FROM \"raw\".\"t\" WHERE true LIMIT 1"])
    }

    @Test func `of nothing is vacuous, as reading says, and no evidence`() throws {
        let (results, queries) = try Self.results(
            ["i not null", "missing i = 0", "i unique", "duplicates i = 0"], Self.table(Self.sure)
        ) { CountingSession($0, rows: 0) }
        #expect(results.map(\.verdict) == [.pass, .pass, .pass, .pass])
        #expect(results.map(\.vacuous) == [true, false, true, true])
        #expect(results.map(\.rows) == [0, 0, 0, 0])
        #expect(results.allSatisfy { !$0.isEvidence })
        #expect(queries.count == 2)
    }

    @Test func `leaves a condition that cannot be asked an error`() throws {
        let results = try Self.results(
            ["i not null where 'bad > 1'", "i not null where 'i > 1'", "nowhere not null"],
            Self.table(Self.sure)
        ) { CountingSession($0, rows: 1) }.results
        #expect(results.map(\.verdict) == [.error, .pass, .error])
        #expect(results[1].proved)
    }

    @Test func `that only warns asks for no row`() throws {
        let check = Make.check("i not null", of: Self.name, in: .warn, body: .row(.notNull("i")))
        let session = CountingSession(Self.table(Self.sure), rows: 1)
        let results = try CheckRound(
            asset: Make.source("raw.t", days: nil), slice: .whole, checks: [check],
            context: CheckContext(now: Make.instant("2026-11-20T09:00:00Z")), snapshot: "1"
        ).run(on: session)
        #expect(results.map(\.proved) == [true])
        #expect(session.asked.isEmpty)
    }
}

/// A warehouse of one table with so many rows that break no rule; it refuses the word `bad`.
private final class CountingSession: CheckSession {
    private let info: TableInfo
    private let rows: Int
    private let queries = Mutex<[String]>([])

    init(_ info: TableInfo, rows: Int) {
        self.info = info
        self.rows = rows
    }

    var dialect: Dialect { .postgres }
    var asked: [String] { queries.withLock { $0 } }

    func table(_ name: AssetName) throws(QueryFailure) -> TableInfo? { name == info.name ? info : nil }

    func rows(_ query: CheckQuery) throws(QueryFailure) -> [[String?]] {
        queries.withLock { $0.append(query.sql) }
        if query.sql.contains("bad") { throw QueryFailure(sqlState: "42703", message: "no column bad") }
        if query.sql.hasSuffix("LIMIT 0") { return [] }
        if query.sql.hasSuffix("LIMIT 1") { return rows > 0 ? [["1"]] : [] }
        return [["\(rows)"] + Array(repeating: "0", count: 9)]
    }

    func refusal(of query: CheckQuery) -> QueryFailure? {
        query.sql.contains("bad") ? QueryFailure(sqlState: "42703", message: "no column bad") : nil
    }
}
