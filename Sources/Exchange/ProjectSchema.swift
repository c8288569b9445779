import SuretyCore

/// The sections that say how a project runs and whom it tells.
enum ProjectSchema {
    typealias Shape = SchemaShapes

    static var sections: [(key: String, value: SchemaValue)] {
        [
            ("surety", Shape.scalar("The format's version, required in surety.yaml", "1")),
            ("project", Shape.scalar("The project's name")),
            ("timezone", Shape.scalar("The default time zone, an IANA name; never the machine's")),
            ("state", Shape.scalar("Where the state is kept: sqlite:PATH or postgres://…")),
            ("warehouses", Shape.entries("Warehouses by id; `main` is the default one", of: warehouse)),
            ("calendars", Shape.entries("The days on which a business works, by id", of: calendar)),
            ("owners", Shape.entries("People, and groups of people, by id", of: owner)),
            ("channels", Shape.entries("Where alerts go, by id", of: channel)),
            ("routes", Shape.list("Who gets which alert; the first match wins", of: route)),
            ("escalate", Shape.list("Who else is told when nobody acts", of: escalation)),
            ("limits", limits),
            ("report", report),
            ("pools", Shape.entries("How many steps of a pool run at once", of: Shape.count("Steps"))),
        ]
    }

    static var warehouse: SchemaValue {
        Shape.either(
            "sqlite:PATH or postgres://…, or the long form", Shape.scalar("Its address"),
            Shape.mapping(
                "A warehouse", required: ["url"],
                [
                    "url": Shape.scalar("Its address"), "connections": Shape.count("How many at most"),
                    "statement_timeout": Shape.duration("The longest statement"),
                    "lock_timeout": Shape.duration("The longest wait for a lock"),
                    "checks_role": Shape.scalar("The role that checks run as"),
                ]))
    }

    static var calendar: SchemaValue {
        Shape.mapping(
            "A calendar",
            [
                "days": Shape.oneOrMore("The weekdays that are worked: mon tue wed thu fri"),
                "closed": Shape.list("Days off", of: Shape.date("A day off")),
                "closed_file": Shape.scalar("A file of days off, iCalendar"),
                "open": Shape.list("Days worked all the same", of: Shape.date("A day worked")),
            ])
    }

    static var owner: SchemaValue {
        Shape.mapping(
            "A person; with `members` a group",
            [
                "name": Shape.scalar("The full name"), "email": Shape.scalar("The mail address"),
                "slack": Shape.scalar("The member id in Slack"), "to": Shape.oneOrMore("Channels"),
                "quiet": Shape.mapping(
                    "Hours without alerts that can wait", required: ["from", "to"],
                    ["from": Shape.time("First"), "to": Shape.time("Last")]),
                "members": Shape.texts("The people of a group"),
            ])
    }

    static var channel: SchemaValue {
        let allowed = Shape.flag("Whether the address may be private")
        let slack = Shape.mapping(
            "Slack, by a bot's token and a channel or by a webhook",
            [
                "token": Shape.scalar("A bot's token"), "channel": Shape.scalar("The channel's id"),
                "api": Shape.scalar("Another address of the API"),
                "webhook": Shape.scalar("An incoming webhook"),
                "allow_private": allowed,
            ])
        let webhook = Shape.mapping(
            "A webhook, signed when there is a secret", required: ["url"],
            [
                "url": Shape.scalar("Its address"), "secret": Shape.scalar("The secret"),
                "allow_private": allowed,
            ])
        let email = Shape.mapping(
            "Mail to the owner's address", required: ["server", "from"],
            [
                "server": Shape.scalar("smtp://HOST:PORT or smtps://HOST:PORT"),
                "from": Shape.scalar("The sender"),
                "tls": Shape.word("How the connection is encrypted", ["required", "opportunistic", "off"]),
                "ca_file": Shape.scalar("Certificates to trust"), "user": Shape.scalar("The user"),
                "password": Shape.scalar("The password"),
            ])
        return Shape.mapping(
            "A channel of one kind",
            [
                "file": Shape.scalar("A file that alerts are appended to, one JSON document a line"),
                "slack": slack,
                "webhook": webhook, "email": email, "allow_private": allowed,
            ]
        ).with(
            "oneOf",
            [
                ["required": ["file"]], ["required": ["slack"]], ["required": ["webhook"]],
                ["required": ["email"]],
            ])
    }

    static var route: SchemaValue {
        let keys = ["severity", "kind", "tier", "promise", "asset", "owner", "tag"]
        return Shape.mapping(
            "A route; without `when` it matches everything", required: ["to"],
            [
                "when": Shape.mapping(
                    "What an alert must be; several are and, a list is or",
                    .object(keys.map { ($0, Shape.oneOrMore("The \($0) of an alert")) })),
                "to": Shape.oneOrMore("Owners and channels; `owner` and `deputy` are those of the promise"),
                "continue": Shape.flag("Whether later routes are looked at too"),
            ])
    }

    static var escalation: SchemaValue {
        Shape.mapping(
            "A step of escalation", required: ["to"],
            [
                "after": Shape.duration("After the first alert"),
                "before_deadline": Shape.duration("Before the deadline"),
                "to": Shape.oneOrMore("Who is told"),
            ]
        ).with("oneOf", [["required": ["after"]], ["required": ["before_deadline"]]])
    }

    static var limits: SchemaValue {
        Shape.mapping(
            "How much runs at once", ["runs": Shape.count("Runs"), "steps": Shape.count("Steps")])
    }

    static var report: SchemaValue {
        Shape.mapping(
            "The weekly report by mail",
            ["at": Shape.scalar("When: 08:00 on mon"), "to": Shape.oneOrMore("Who gets it")])
    }
}
