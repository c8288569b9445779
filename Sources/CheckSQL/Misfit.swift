/// Why a check cannot be asked of a table; it becomes an `error`, alone.
struct Misfit: Error, Hashable {
    let why: String
    let sqlState: String?

    init(_ why: String, _ sqlState: String? = "42804") {
        self.why = why
        self.sqlState = sqlState
    }
}
