import SuretyCore

/// The section of promises.
enum PromiseSchema {
    typealias Shape = SchemaShapes

    static var sections: [(key: String, value: SchemaValue)] {
        [("promises", Shape.entries("Promises by id", of: promise))]
    }

    static var promise: SchemaValue {
        Shape.mapping(
            "What the data owes the business", required: ["promise", "owner", "deadline", "needs"],
            [
                "promise": Shape.scalar("The sentence"),
                "owner": Shape.scalar("The person who owns recovery"),
                "deputy": Shape.scalar("Who is told when the owner does not act"),
                "tier": Shape.scalar(
                    "1 leadership, billing, compliance; 2 daily operations; 3 exploratory", "[123]"),
                "deadline": deadline,
                "through": Shape.scalar(
                    "The last interval that must be complete", "prior (?:hour|day|business day|week|month)"),
                "needs": Shape.list("The assets that must be certified", of: Shape.table("An asset")),
                "serves": Shape.texts("Consumers refreshed once they are"),
                "starts": Shape.list("What begins a run", of: start),
                "overlap": Shape.word(
                    "What happens when another run is on its way", of: Promise.Overlap.self),
                "catch_up": Shape.word("Which missed starts are made up for", of: Promise.CatchUp.self),
                "catch_up_window": Shape.duration("How far back missed starts are looked for"),
                "give_up": Shape.time("When waits and retries end"),
                "expected": Shape.duration("How long a run takes, until there is history"),
                "since": Shape.date("The first interval owed"),
                "in_flight": Shape.word(
                    "What a run does when declarations change", of: Promise.InFlight.self),
                "on_failure": Shape.word(
                    "What happens to finished steps of a failed run", of: Promise.OnFailure.self),
                "experiment": Shape.flag("Whether it is an experiment: no pages, not in the headline"),
                "recovery": Shape.texts("What a person does to recover"), "tags": Shape.texts("Free labels"),
            ])
    }

    static var deadline: SchemaValue {
        Shape.either(
            "When it is due", Shape.scalar("HH:MM[, HH:MM] [on DAYS] [in ZONE]"),
            Shape.mapping(
                "A cron expression", required: ["cron"],
                ["cron": Shape.scalar("Five fields"), "in": Shape.scalar("The time zone")]))
    }

    static var start: SchemaValue {
        let kinds: [(key: String, value: SchemaValue)] = [
            ("at", Shape.scalar("HH:MM[, HH:MM] [on DAYS] [in ZONE]")),
            ("every", Shape.duration("Counted from local midnight")), ("cron", Shape.scalar("Five fields")),
            ("once", Shape.flag("At the first start of the service")),
            ("after", Shape.oneOrMore("Promises, all certified for the overlapping intervals")),
            ("hook", Shape.scalar("The name of a signed webhook")),
            ("notify", Shape.scalar("A channel of PostgreSQL's NOTIFY")),
            ("file", Shape.scalar("A path that may hold {{interval}}")),
            ("bucket", Shape.scalar("Objects of a bucket: s3://…, gs://…, az://…")),
        ]
        return Shape.mapping("What begins a run", .object(kinds + [("in", Shape.scalar("The time zone"))]))
            .with("oneOf", .list(kinds.map { ["required": .list([.text($0.key)])] }))
    }
}
