import Declarations
import SuretyCore

/// The section of assets.
enum AssetSchema {
    typealias Shape = SchemaShapes

    static var sections: [(key: String, value: SchemaValue)] {
        [("assets", Shape.entries("Tables and views by name, schema.table", of: asset))]
    }

    static var asset: SchemaValue {
        Shape.mapping(
            "A table or view: built by a step, or a source that is only watched", .object(identity + making))
    }

    private static var identity: [(key: String, value: SchemaValue)] {
        [
            ("owner", Shape.scalar("The person who owns recovery")),
            (
                "interval",
                Shape.scalar(
                    "hour|day|week|month of COLUMN [on CALENDAR] [in ZONE]; absent: the whole table each time",
                    "(?:hour|day|week|month) of .+")
            ),
            (
                "source",
                Shape.mapping(
                    "How a source is watched",
                    [
                        "expected_by": Shape.scalar("When its rows are expected"),
                        "poll": Shape.duration("How often it is asked"),
                    ])
            ),
            ("key", Shape.texts("The columns that name a row")),
            ("private", Shape.texts("Columns that are never shown")),
            ("since", Shape.date("The first interval that exists")),
            (
                "empty",
                Shape.scalar(
                    "Whether an interval without rows may certify",
                    "refused|allowed|allowed (?:except )?on .+")
            ),
            ("guard", Shape.word("How other writers are noticed", ["none", "trigger"])),
            (
                "late_rows",
                Shape.scalar(
                    "What happens when rows arrive for certified intervals",
                    "tell|ignore|rebuild within [0-9]+[smhdw]")
            ),
            ("ready", Shape.list("Checks that are waited for", of: check)),
            ("stop", Shape.list("Checks that block everything downstream", of: check)),
            ("warn", Shape.list("Checks that are told", of: check)),
            ("tags", Shape.texts("Free labels")), ("pool", Shape.scalar("The pool of its steps")),
            ("recovery", Shape.texts("What a person does to recover")),
        ]
    }

    private static var making: [(key: String, value: SchemaValue)] {
        [
            (
                "needs",
                Shape.list(
                    "What it is made from",
                    of: Shape.scalar(
                        "schema.table, then latest [within D], last D or within D",
                        "[^.\\s]+\\.[^.\\s]+(?: (?:latest|last|within) ?.*)?"))
            ),
            (
                "params",
                Shape.entries("Values for :name in SQL", of: Shape.scalar("A value, typed by its look"))
            ),
            ("build", BuildSchema.build),
            ("audit", Shape.word("When its checks run", ["before commit", "after commit"])),
            (
                "publish",
                Shape.word("How readers see certified rows", ["in place", "view", "certified intervals"])
            ),
            ("as", Shape.scalar("The name of the published view")),
            (
                "approve",
                Shape.mapping(
                    "A person's yes", required: ["by"],
                    [
                        "by": Shape.oneOrMore("Who may give it"),
                        "before": Shape.word("What it is given for", ["start", "publish"]),
                        "within": Shape.duration("How long it is waited for"),
                    ])
            ),
            (
                "backfill",
                Shape.mapping(
                    "How the past is rebuilt",
                    [
                        "up_to": Shape.duration("How far back"), "by": Shape.oneOrMore("Who may"),
                        "note": Shape.scalar("What to know before"),
                    ])
            ),
            ("budget", Shape.duration("What its checks may cost")),
            ("for_each", Shape.entries("Makes one asset of each value", of: Shape.texts("Values"))),
        ]
    }

    static var check: SchemaValue {
        let patterns = CheckParser.PatternRule.allCases.map { ($0.rawValue, Shape.scalar("A pattern")) }
        let form = Shape.mapping(
            "A check in its long form",
            .object(
                [
                    ("check", Shape.scalar("A line of the check grammar")),
                    ("row", Shape.scalar("A SQL condition")),
                    ("sql", Shape.scalar("A query, or a file ending in .sql")),
                    ("expect", Shape.scalar("What the query gives: returns no rows, or a comparison")),
                    ("column", Shape.scalar("The column that a pattern is about")),
                ] + patterns + [
                    ("name", Shape.scalar("Its name, part of its id")),
                    ("where", Shape.scalar("A SQL condition that narrows the rows")),
                    ("over", Shape.scalar("The scope", "interval|table|last [0-9]+[smhdw]")),
                    ("except", Shape.scalar("Tolerated violations")),
                    ("on", Shape.scalar("The days on which it is asked")),
                    ("samples", Shape.texts("Columns to show beside the key")),
                    ("note", Shape.scalar("A note for people")),
                ]
            )
        ).with(
            "oneOf",
            [
                ["required": ["check"]], ["required": ["row"]], ["required": ["sql", "expect"]],
                ["required": ["column"]],
            ])
        return Shape.either("A check", Shape.scalar("A line of the check grammar"), form)
    }
}
