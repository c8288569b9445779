import Declarations
import SuretyCore
import Testing

@Suite struct CheckRefusalTests {
    static let lines: [(line: String, offset: Int, message: String)] = [
        ("", 0, "the check is empty"),
        ("rows", 4, "the line ends too early"),
        ("rows >= ", 8, "the line ends too early"),
        ("rows not null", 5, "unexpected `not`"),
        ("rows >= 5%", 8, "a percentage has no meaning here"),
        ("rows >= 'x'", 8, "this compares with a number"),
        ("rows > 6h", 7, "this compares with a number"),
        ("rows between 5 and 1", 13, "the bounds are reversed, so nothing lies between them"),
        ("a between 10 and 9.99", 10, "the bounds are reversed, so nothing lies between them"),
        ("a between 2026-02-01 and 2026-01-31", 10, "the bounds are reversed, so nothing lies between them"),
        (
            "a between 2026-02-01T00:00 and 2026-01-31", 10,
            "the bounds are reversed, so nothing lies between them"
        ),
        (
            "a between 2026-02-01T00:00Z and 2026-02-01T00:30+01:00", 10,
            "the bounds are reversed, so nothing lies between them"
        ),
        ("a not between 2h and 90m", 14, "the bounds are reversed, so nothing lies between them"),
        ("a between now and today", 10, "the bounds are reversed, so nothing lies between them"),
        (
            "a between interval end and interval start", 10,
            "the bounds are reversed, so nothing lies between them"
        ),
        ("missing a between 5% and 4.9%", 18, "the bounds are reversed, so nothing lies between them"),
        ("a in []", 5, "the list is empty"),
        ("missing a as [] = 0", 13, "the list is empty"),
        ("a in [x, NULL]", 9, "NULL in a list never matches"),
        ("a not in [null]", 10, "NULL in a list never matches"),
        ("a = null", 4, "nothing compares with NULL"),
        ("missing a < 101%", 12, "a percentage lies between 0 and 100"),
        ("missing a < -1%", 12, "a percentage lies between 0 and 100"),
        ("a > 0 except 100.01%", 13, "a percentage lies between 0 and 100"),
        ("rows within 150% of previous", 12, "a percentage lies between 0 and 100"),
        ("avg a < 5%", 8, "a percentage has no meaning here"),
        ("a < 5%", 4, "a percentage has no meaning here"),
        ("sum amount = total", 13, "a column is a value only in row rules"),
        ("sql \"select 1\" = a", 17, "a column is a value only in row rules"),
        ("missing rows = 0", 8, "`rows` is a word of the check grammar"),
        ("a > sum", 4, "`sum` is a word of the check grammar"),
        ("order-id not null", 0, "`order-id` is not a plain name"),
        ("größe not null", 0, "`größe` is not a plain name"),
        ("2fa not null", 0, "`2fa` is not a plain name"),
        ("\"odd\" not null", 0, "unexpected `\"`"),
        ("column odd not null", 7, "unexpected `odd`"),
        ("column \"\" not null", 7, "the name is empty"),
        ("a, a unique", 3, "the column `a` is named twice"),
        ("a, b not null", 5, "unexpected `not`"),
        ("duplicate a = 0", 0, "unexpected `duplicate`"),
        ("a NOT NULL", 2, "unexpected `NOT`"),
        ("a not nul", 6, "unexpected `nul`"),
        ("a is emial", 5, "unexpected `emial`"),
        ("a = \"text\"", 4, "text is written in single quotes"),
        ("a = 'text", 4, "the quote ' is not closed"),
        ("a = 5x", 4, "`5x` is no number, duration, date or time"),
        ("a = .5", 4, "`.5` is no number, duration, date or time"),
        ("a > 2026-02-30", 4, "there is no date 2026-02-30"),
        ("a > 2026-02-28T25:00", 4, "there is no such date and time"),
        ("fresh a within 6 hours", 15, "unexpected `6`"),
        ("a references customers.id", 13, "`references` needs a column"),
        ("sum a equals sum raw.payments", 17, "`sum` needs a column of another table"),
        ("rows equals rows raw.orders.id", 17, "`rows` counts a table and takes no column"),
        ("rows equals raw.orders", 12, "unexpected `raw.orders`"),
        ("a matches 'x(y'", 10, "the regular expression cannot be one: a ( is not closed"),
        ("a matches '[a-z'", 10, "the regular expression cannot be one: a [ is not closed"),
        ("a does not match '*x'", 17, "the regular expression cannot be one: * has nothing to repeat"),
        ("a matches 'x{3,2}'", 10, "the regular expression cannot be one: {3,2} has reversed bounds"),
        ("a matches x", 10, "unexpected `x`"),
        ("columns include ()", 17, "the list of columns is empty"),
        ("columns are (a int, a int)", 20, "the column `a` is named twice"),
        ("columns are (a int; b)", 18, "`;` cannot stand in a type"),
        ("columns are (a int", 18, "the line ends too early"),
        ("columns are (a numeric(12,2)", 28, "the line ends too early"),
        ("rows >= 1 except 3", 10, "`except` stands with rules that each row obeys"),
        ("a > 0 except 1.5", 13, "rows are counted in whole numbers"),
        ("a > 0 over last 0d", 16, "a scope of no length holds no rows"),
        ("a > 0 over everything", 11, "unexpected `everything`"),
        ("a > 0 on holidays", 9, "there is no calendar `holidays`"),
        ("a > 0 on day 32", 13, "a day of the month from 1 to 31 stands here"),
        ("a > 0 over table where 'x'", 17, "`where` stands in the wrong place"),
        ("a > 0 where x > 1", 12, "unexpected `x`"),
        ("a > 0 where \"\"", 12, "the SQL condition is empty"),
        ("row \"a > (1\"", 4, "the parenthesis ( is not closed"),
        ("row \"a > 1) or (b\"", 4, "the parenthesis ) closes nothing"),
        ("row \"a > 1; delete from t\"", 4, "a SQL condition cannot hold `;`"),
        ("sql \"delete from t\" returns no rows", 4, "the query of a check is a SELECT, it only reads"),
        ("sql \"select 1; select 2\" = 1", 4, "a check asks one query, not several"),
        ("sql query.txt = 1", 4, "unexpected `query.txt`"),
        ("sql \"select 1\" returns nothing", 23, "unexpected `nothing`"),
        ("no gaps in a by year", 16, "unexpected `year`"),
        ("rows >= 1 rows", 10, "unexpected `rows`"),
    ]

    @Test(arguments: lines)
    func `a bad line is refused at its place`(line: String, offset: Int, message: String) {
        do {
            _ = try CheckParserTests.parser.parse(line)
            Issue.record("it was read: \(line)")
        } catch {
            #expect(error.message == message)
            #expect(error.offset == offset)
            let caret = error.excerpt.split(separator: "\n", omittingEmptySubsequences: false)[1]
            #expect(caret == String(repeating: " ", count: offset) + "^")
        }
    }

    @Test func `an error shows the line, a caret and what could stand there`() {
        let error = #expect(throws: CheckSyntaxError.self) {
            try CheckParserTests.parser.parse("amount is emial")
        }
        #expect(error?.excerpt == "amount is emial\n          ^")
        #expect(error?.alternatives.contains("`email`") == true)
        #expect(error?.hint == "Did you mean `email`?")
        #expect(error?.description.contains("Here could stand `email`, `uuid`") == true)
    }

    @Test(arguments: [
        ("duplicate a = 0", "Did you mean `duplicates`?"), ("a NOT NULL", "Did you mean `not between`?"),
        ("a unqiue", "Did you mean `unique`?"),
        ("rows not null", "A column of that name is written column \"rows\""),
    ])
    func `a slip is answered with what was meant`(line: String, hint: String) {
        let error = #expect(throws: CheckSyntaxError.self) { try CheckParserTests.parser.parse(line) }
        #expect(error?.hint == hint)
    }

    @Test func `business days need their calendar`() {
        let parser = CheckParser(calendars: [:], zone: .utc)
        for line in [
            "no gaps in a by business day", "rows >= 1 on business day 1", "rows >= 1 on last business day",
        ] {
            let error = #expect(throws: CheckSyntaxError.self) { try parser.parse(line) }
            #expect(error?.message == "there is no calendar `business`")
        }
    }

    @Test func `an excerpt of a long line stays short`() {
        let line = String(repeating: "x ", count: 10_000)
        let error = #expect(throws: CheckSyntaxError.self) { try CheckParserTests.parser.parse(line) }
        #expect((error?.excerpt.count ?? 0) < 200)
    }
}
