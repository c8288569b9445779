/// How an asset is built.
enum BuildSchema {
    typealias Shape = SchemaShapes

    static var build: SchemaValue {
        let kinds: [(key: String, value: SchemaValue)] = [
            ("sql", Shape.scalar("SQL, or a file ending in .sql")),
            ("command", Shape.texts("A program and its arguments, without a shell")), ("load", load),
            ("http", http),
            (
                "manual",
                Shape.mapping(
                    "Work that a person does", required: ["ask", "by"],
                    [
                        "ask": Shape.scalar("What is asked"), "by": Shape.scalar("Of whom"),
                        "within": Shape.duration("How long it is waited for"),
                    ])
            ),
            (
                "choose",
                Shape.list(
                    "The first whose condition holds; the last has none",
                    of: Shape.mapping(
                        "One way", required: ["sql"],
                        [
                            "when": Shape.scalar("rows raw.orders > 5000000"),
                            "sql": Shape.scalar("SQL, or a file"),
                        ]))
            ),
        ]
        let options: [(key: String, value: SchemaValue)] = [
            (
                "write",
                Shape.scalar(
                    "How the result gets into the table",
                    "replace interval|replace table|append|merge on .+|view|script")
            ),
            ("timeout", Shape.duration("The statement timeout of the step")), ("retries", retries),
            (
                "undo",
                Shape.mapping(
                    "How its effect is taken back",
                    [
                        "sql": Shape.scalar("SQL, or a file"),
                        "command": Shape.texts("A program and its arguments"),
                    ])
            ),
            ("idempotent", Shape.flag("Whether it may simply be tried again")),
            ("verify", Shape.texts("A program that says whether it was done: exit 0 or 1")),
        ]
        return Shape.mapping("The step that builds it", .object(kinds + options)).with(
            "oneOf", .list(kinds.map { ["required": .list([.text($0.key)])] }))
    }

    private static var load: SchemaValue {
        Shape.mapping(
            "A file to load", required: ["csv"],
            [
                "csv": Shape.scalar("Its path, which may hold {{interval}}"),
                "delimiter": Shape.scalar("What stands between fields"),
                "null": Shape.scalar("An unquoted text that means NULL"),
            ])
    }

    private static var retries: SchemaValue {
        Shape.mapping(
            "Tries after the first",
            [
                "times": Shape.count("How many"), "wait": Shape.duration("The first wait"),
                "backoff": Shape.scalar("The factor between waits", "[0-9.]+"),
                "at_most": Shape.duration("The longest wait"),
                "jitter": Shape.scalar("The random share of a wait", "[0-9.]+%"),
            ])
    }

    private static var http: SchemaValue {
        let condition = Shape.scalar("A field of the answer and its value: $.state = 'ok'")
        return Shape.mapping(
            "A job of another system", required: ["target", "start"],
            [
                "target": Shape.scalar("The target's id"), "start": request([]),
                "job": Shape.scalar("Where the answer holds the job's id"),
                "poll": request([
                    ("every", Shape.duration("How often")), ("done", condition), ("failed", condition),
                ]),
                "verify": request([]), "cancel": request([]), "undo": request([]),
            ])
    }

    private static func request(_ others: [(key: String, value: SchemaValue)]) -> SchemaValue {
        let methods = ["get", "post", "put", "patch", "delete"].map { ($0, Shape.scalar("The path")) }
        return Shape.mapping(
            "A request", .object(methods + [("body", ["description": "A JSON body"])] + others))
    }
}
