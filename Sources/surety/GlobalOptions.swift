import ArgumentParser

/// The options that every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(
        help: "The project's folder. Default: the nearest one upwards that holds surety.yaml, else ./checks.")
    var project: String?

    @Option(help: "The overlay surety.<env>.yaml to use. Default: SURETY_ENV.")
    var env: String?

    @Flag(help: "Print one JSON document.")
    var json = false
}

/// The option of commands that only look.
struct NowOption: ParsableArguments {
    @Option(help: "Look at the world as of this instant, in RFC 3339.")
    var now: String?
}
