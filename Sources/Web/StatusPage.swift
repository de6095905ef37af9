/// What `GET /status` and `selloutctl status --json` say: the whole state of the daemon at one moment, as a plain value
/// that the wiring fills. Names that come from strangers arrive here printable.
public struct StatusPage: Codable, Hashable, Sendable {
    public var version: String
    public var uptimeSeconds: Int
    /// Whether work is taken; `problems` says why not.
    public var ready: Bool
    public var limiter: LimiterState
    /// In the order in which they are to be shown.
    public var resellers: [ResellerState]
    /// The newest first.
    public var lastAnswers: [BatchAnswer]
    /// One sentence each: what is wrong and what to do.
    public var problems: [String]
    public var ignoredNames: [IgnoredName]

    public init(
        version: String, uptimeSeconds: Int, ready: Bool, limiter: LimiterState, resellers: [ResellerState] = [],
        lastAnswers: [BatchAnswer] = [],
        problems: [String] = [], ignoredNames: [IgnoredName] = []
    ) {
        self.version = version
        self.uptimeSeconds = uptimeSeconds
        self.ready = ready
        self.limiter = limiter
        self.resellers = resellers
        self.lastAnswers = lastAnswers
        self.problems = problems
        self.ignoredNames = ignoredNames
    }

    enum CodingKeys: String, CodingKey {
        case version, ready, limiter, resellers, problems
        case uptimeSeconds = "uptime_seconds"
        case lastAnswers = "last_answers"
        case ignoredNames = "ignored_names"
    }
}
