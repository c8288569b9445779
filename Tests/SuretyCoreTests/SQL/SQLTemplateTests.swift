import SuretyCore
import SuretyTestKit
import Testing

@Suite struct SQLTemplateTests {
    static let bindings: [(sql: String, bound: String)] = [
        ("select :a", "select $1"), ("select :a, :b, :a", "select $1, $2, $1"), ("select 1", "select 1"),
        ("select ':a', :b", "select ':a', $1"), ("select 'it''s :a' || :b", "select 'it''s :a' || $1"),
        ("select E'\\':a' || :b", "select E'\\':a' || $1"), ("select e'\\\\' || :b", "select e'\\\\' || $1"),
        ("select '\\' || :b", "select '\\' || $1"),
        ("select B'01', X'ff', N'\\', :b", "select B'01', X'ff', N'\\', $1"),
        ("select U&'d\\0061t' || :b", "select U&'d\\0061t' || $1"),
        ("select \":a\"\".\", :b", "select \":a\"\".\", $1"),
        ("select $$:a$$ || :b", "select $$:a$$ || $1"),
        ("select $t$ $$ :a $t$ || :b", "select $t$ $$ :a $t$ || $1"),
        ("select a$b$c, :d", "select a$b$c, $1"), ("select 1 -- :a\n, :b", "select 1 -- :a\n, $1"),
        ("select 1 /* :a /* nested */ :c */, :b", "select 1 /* :a /* nested */ :c */, $1"),
        ("select :a::date, b::int", "select $1::date, b::int"),
        ("select '2026-01-01'::date", "select '2026-01-01'::date"),
        ("select x[1:2], y[lo:hi], z[:n], :b", "select x[1:2], y[lo:hi], z[:n], $1"),
        ("select x[(:n)], (y)[lo:hi], f(y)[a:b][c:d]", "select x[($1)], (y)[lo:hi], f(y)[a:b][c:d]"),
        ("select array[:a, :b], ARRAY[[:a],[:b]]", "select array[$1, $2], ARRAY[[$1],[$2]]"),
        ("select array[x[lo:hi], :a]", "select array[x[lo:hi], $1]"),
        ("select [a:b] from t", "select [a:b] from t"),
        ("select f(a := :b)", "select f(a := $1)"), ("select f(a => :b)", "select f(a => $1)"),
        ("select a->>'x', b @> :c, d#>>'{a}'", "select a->>'x', b @> $1, d#>>'{a}'"),
        ("select '08:00'::time, time '08:00', :b", "select '08:00'::time, time '08:00', $1"),
        ("select :größe", "select $1"), ("select 'ünï', :b", "select 'ünï', $1"),
        ("select :a_1;", "select $1"),
        ("  -- head\n select :a -- tail\n ; -- end", "select $1"), ("select - :a --:b", "select - $1"),
        ("select 5:a", "select 5$1"), ("select (:a)", "select ($1)"), ("select :a:b", "select $1$2"),
    ]

    @Test(arguments: bindings)
    func `parameters are found and nothing else`(sql: String, bound: String) throws {
        let template = try SQLTemplate(sql)
        #expect(template.statements.map { $0.bound { number, _ in "$\(number)" } } == [bound])
    }

    @Test func `names come in order and once`() throws {
        let template = try SQLTemplate("select :b, :a, :b; select :c")
        #expect(template.statements.map(\.names) == [["b", "a"], ["c"]])
        #expect(
            template.statements[0].bound { number, name in "?\(number)/\(name)" } == "select ?1/b, ?2/a, ?1/b"
        )
        #expect(template.unknownNames(known: ["a", "c"]).map(\.name) == ["b", "b"])
        #expect(template.unknownNames(known: ["a", "b"]).map(\.place.column) == [27])
    }

    static let splits: [(sql: String, statements: [String])] = [
        ("", []), (" ;; -- nothing\n;", []), ("select 1; select 2", ["select 1", "select 2"]),
        ("select ';'; select \";\"", ["select ';'", "select \";\""]),
        ("do $$ begin; end $$; select 1", ["do $$ begin; end $$", "select 1"]),
        (
            "create rule r as on insert to t do (select 1; select 2); select 3",
            [
                "create rule r as on insert to t do (select 1; select 2)", "select 3",
            ]
        ),
        (
            "create or replace function f(a int) returns int begin atomic select 1; select case when a > 1 then 2 end; end; select 2",
            [
                "create or replace function f(a int) returns int begin atomic select 1; select case when a > 1 then 2 end; end",
                "select 2",
            ]
        ),
        (
            "create trigger t after insert on x begin update y set a = 1; delete from z; end; select 1",
            [
                "create trigger t after insert on x begin update y set a = 1; delete from z; end", "select 1",
            ]
        ),
        (
            "create temp trigger if not exists t after insert on x begin select case a when 1 then 2 end; end; select 1",
            [
                "create temp trigger if not exists t after insert on x begin select case a when 1 then 2 end; end",
                "select 1",
            ]
        ),
        ("select case when a then b end; select 1", ["select case when a then b end", "select 1"]),
        ("create table \"begin\" (a int); select 1", ["create table \"begin\" (a int)", "select 1"]),
        ("savepoint a; rollback to a; release a", ["savepoint a", "rollback to a", "release a"]),
        (
            "rollback to savepoint a; rollback transaction to a; start_x",
            [
                "rollback to savepoint a", "rollback transaction to a", "start_x",
            ]
        ),
        (
            "set local timezone = 'UTC'; set session x = 1",
            ["set local timezone = 'UTC'", "set session x = 1"]
        ),
        (
            "copy t from '/x.csv'; copy t to program 'x'; select stdin",
            [
                "copy t from '/x.csv'", "copy t to program 'x'", "select stdin",
            ]
        ),
    ]

    @Test(arguments: splits)
    func `statements end at a semicolon of theirs`(sql: String, statements: [String]) throws {
        #expect(try SQLTemplate(sql).statements.map(\.text) == statements)
    }

    @Test func `bodies of routines are left alone`() throws {
        let sql = "create function f() returns int begin atomic select :a; end; select :b"
        let template = try SQLTemplate(sql)
        #expect(template.statements.map(\.names) == [[], ["b"]])
        #expect(
            template.statements[0].bound { _, _ in "?" }
                == "create function f() returns int begin atomic select :a; end")
    }

    static let refusals: [(sql: String, line: Int, column: Int, message: String)] = [
        ("begin", 1, 1, "BEGIN would begin or end the transaction"),
        ("select 1;\n  commit;", 2, 3, "COMMIT would begin or end the transaction"),
        ("END", 1, 1, "END would begin or end the transaction"),
        ("abort", 1, 1, "ABORT would begin or end the transaction"),
        ("start transaction", 1, 1, "START TRANSACTION would begin a transaction"),
        ("rollback", 1, 1, "ROLLBACK would end the transaction"),
        ("rollback work", 1, 1, "ROLLBACK would end the transaction"),
        ("rollback prepared 'x'", 1, 1, "ROLLBACK would end the transaction"),
        ("prepare transaction 'x'", 1, 1, "PREPARE TRANSACTION would end the transaction"),
        ("commit/**/and chain", 1, 1, "COMMIT would begin or end the transaction"),
        (
            "/* x */ set transaction isolation level serializable", 1, 9,
            "SET TRANSACTION ISOLATION would change the transaction"
        ),
        (
            "set session characteristics as transaction read only", 1, 1,
            "SET SESSION CHARACTERISTICS would change the transaction"
        ),
        ("copy t from stdin;\n1\t'", 1, 13, "COPY from or to the client cannot run here"),
        ("copy (select 1) to stdout", 1, 20, "COPY from or to the client cannot run here"),
        ("\\copy t from x", 1, 1, "commands of psql cannot run here"),
        ("select 1 \\gset", 1, 10, "commands of psql cannot run here"),
        ("select :'a'", 1, 8, "`:` before a quote is a variable of psql"),
        ("select :\"a\"", 1, 8, "`:` before a quote is a variable of psql"),
        ("select 'a", 1, 8, "the quote ' is not closed"),
        ("select\n \"a", 2, 2, "the quote \" is not closed"),
        ("select E'a\\'", 1, 9, "the quote ' is not closed"),
        ("select /* /* */", 1, 8, "the comment /* is not closed"),
        ("do $x$ $X$", 1, 4, "the dollar quote $x$ is not closed"),
        ("select (1", 1, 8, "the parenthesis ( is not closed"),
        ("select 1)", 1, 9, "the parenthesis ) closes nothing"),
        ("select $1", 1, 8, "numbered parameters cannot be sent"),
        ("select \0", 1, 8, "SQL cannot hold a NUL character"),
    ]

    @Test(arguments: refusals)
    func `what cannot run in a step is refused at its place`(
        sql: String, line: Int, column: Int, message: String
    ) {
        let error = #expect(throws: SQLTemplateError.self) { try SQLTemplate(sql) }
        #expect(error?.message == message)
        #expect(error?.line == line)
        #expect(error?.column == column)
    }

    @Test(arguments: [
        ("select 1", true), ("(select 1) union (select 2)", true), ("values (1)", true), ("table t", true),
        ("with a as (insert into t values (1) returning 1) select 1", true),
        ("with a as (select 1) delete from t", false),
        ("with recursive a(x) as not materialized (select 1), b as (select 2) select 1", true),
        ("with a as (select 1) insert into t select 1", false), ("select 1 into t", false),
        ("insert into t values (1)", false),
        ("with a as (select 1) select 1 into t", false), ("explain select 1", false),
        ("delete from t", false),
        ("with a as (select 1) (select 1)", true),
    ])
    func `a query is told from a change`(sql: String, isSelectLike: Bool) throws {
        #expect(try SQLTemplate(sql).statements.first?.isSelectLike == isSelectLike)
    }

    @Test(arguments: [
        ("select 1", true), ("insert into t values (:a)", true),
        ("merge into t using s on true when matched then delete", true),
        ("create table t as select :a", true),
        ("create temp table t as (with a as (select 1) select :a)", true),
        ("create table t (a int)", false), ("create view v as select :a", false),
        ("alter table t add a int", false),
        ("create materialized view v as select 1", false), ("do $$ begin end $$", false),
        ("set x = 1", false),
        ("drop table t", false), ("truncate t", false), ("call p(:a)", true), ("explain select :a", true),
        ("vacuum", false),
        ("create index i on t (a) where b = 1", false), ("grant select on t to x", false),
        ("with a as (select 1) delete from t", true),
    ])
    func `statements without parameters are known`(sql: String, takesParameters: Bool) throws {
        #expect(try SQLTemplate(sql).statements.first?.takesParameters == takesParameters)
    }

    @Test func `names in statements without parameters are pointed at`() throws {
        let sql =
            "do $$ begin\n delete from t where d = :interval_date; x := y[a:b]; end $$; create view v as select :interval_date"
        let found = try SQLTemplate(sql).misplacedNames(known: ["interval_date"])
        #expect(found.map(\.place.line) == [2, 2])
        #expect(found.map(\.place.column) == [26, 87])
    }

    @Test func `a condition is no statement`() throws {
        let template = try SQLTemplate(condition: "begin < :a and end_at > :b")
        #expect(template.statements.map(\.names) == [["a", "b"]])
        #expect(try SQLTemplate(condition: "commit").statements.count == 1)
        #expect(try SQLTemplate(condition: "a; b").statements.count == 2)
    }

    @Test func `a text on one line keeps its quotes`() {
        #expect(SQLTemplate.collapsed(" select  'a  b' -- x\n\tfrom /* y */ t ") == "select 'a  b' from t")
    }

    @Test func `long and strange texts end soon`() {
        let size = 1 << 15
        let texts = [
            String(repeating: ":a ", count: size), String(repeating: "[", count: size),
            String(repeating: "[(", count: size),
            String(repeating: "(", count: size) + String(repeating: ")", count: size),
            String(repeating: "/*", count: size),
            String(repeating: "$a", count: size), String(repeating: "$", count: size + 1),
            String(repeating: "'", count: size + 1),
            String(repeating: "select 1;", count: size / 8), String(repeating: "]", count: size),
            String(repeating: "\r\n:a", count: size),
            (0..<(size / 8)).map { ":a\($0)" }.joined(separator: " "),
        ]
        for text in texts {
            #expect(processorTime { _ = try? SQLTemplate(text) } < .seconds(60))
        }
    }
}
