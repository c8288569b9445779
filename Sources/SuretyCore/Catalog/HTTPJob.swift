/// A job that a step starts on another system and follows to its end.
public struct HTTPJob: Hashable, Sendable {
    /// A request with `{{interval}}`, `{job}` and `{key}` still to fill in.
    public struct Request: Hashable, Sendable {
        /// The method, upper case.
        public let method: String
        /// The path or URL.
        public let path: String
        /// The JSON body's text, if any.
        public let body: String?

        /// A request.
        public init(method: String, path: String, body: String? = nil) {
            self.method = method
            self.path = path
            self.body = body
        }
    }

    /// The system.
    public let target: TargetID
    /// What starts the job.
    public let start: Request
    /// Where the job's id stands in the answer, a JSON path.
    public var job: String?
    /// What asks how it goes.
    public var poll: Request?
    /// How often.
    public var every = Period(30, .second)
    /// The condition that says it is done.
    public var done: String?
    /// The condition that says it failed.
    public var failed: String?
    /// What decides after an unknown end.
    public var verify: Request?
    /// What cancels it.
    public var cancel: Request?
    /// What takes its effect back.
    public var undo: Request?

    /// A job begun by a request.
    public init(target: TargetID, start: Request) {
        self.target = target
        self.start = start
    }
}
