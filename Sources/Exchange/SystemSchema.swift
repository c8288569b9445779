/// The sections of consumers and of other systems.
enum SystemSchema {
    typealias Shape = SchemaShapes

    static var sections: [(key: String, value: SchemaValue)] {
        [
            ("consumers", Shape.entries("Dashboards, exports and models by id", of: consumer)),
            ("targets", Shape.entries("Other systems that steps command, by id", of: target)),
        ]
    }

    static var consumer: SchemaValue {
        let http = Shape.mapping(
            "A request", required: ["url"],
            [
                "method": Shape.word("The method", ["GET", "POST", "PUT", "PATCH", "DELETE"]),
                "url": Shape.scalar("The address"),
                "headers": Shape.entries("Headers", of: Shape.scalar("A value")),
                "body": ["description": "A body"],
                "allow_private": Shape.flag("Whether the address may be private"),
            ])
        return Shape.mapping(
            "What reads certified assets", required: ["uses"],
            [
                "name": Shape.scalar("Its name"), "owner": Shape.scalar("Who owns it"),
                "uses": Shape.list("The assets that it reads", of: Shape.table("An asset")),
                "refresh": Shape.mapping(
                    "What is done when they are certified",
                    ["http": http, "command": Shape.texts("A program and its arguments")]),
            ])
    }

    static var target: SchemaValue {
        Shape.mapping(
            "Another system", required: ["at"],
            [
                "at": Shape.either(
                    "Its endpoints", Shape.texts("Addresses"), Shape.scalar("One address"),
                    Shape.mapping(
                        "A directory",
                        [
                            "dns": Shape.scalar("An SRV name"),
                            "consul": Shape.scalar("The address of Consul"),
                            "service": Shape.scalar("The service in Consul"),
                        ])),
                "health": Shape.mapping(
                    "How endpoints are probed", required: ["get"],
                    [
                        "get": Shape.scalar("A path"), "every": Shape.duration("How often"),
                        "down_after": Shape.count("Failures until it counts as down"),
                        "up_after": Shape.count("Answers until it counts as up"),
                    ]),
                "choose": Shape.scalar(
                    "Which endpoint is asked",
                    "round robin|least busy|first healthy(?: \\(failover\\))?|failover"),
                "limits": Shape.mapping(
                    "How much is asked of it",
                    ["at_once": Shape.count("Jobs"), "per_minute": Shape.count("Jobs started")]),
                "adapt": Shape.mapping(
                    "What changes when it struggles", required: ["when", "at_once"],
                    [
                        "when": Shape.scalar("error rate > 20% over 5m, latency p95 > 3s, load > 80%"),
                        "at_once": Shape.count("Jobs"),
                    ]),
                "auth": Shape.mapping("How it is authenticated", ["bearer": Shape.scalar("A token")]),
                "allow_private": Shape.flag("Whether its addresses may be private"),
            ])
    }
}
