/// What `GET /status` and `selloutctl status --json` say: the whole state of the daemon at one moment, as a plain value
/// that the wiring fills. Names that come from strangers arrive here printable.
package struct StatusPage: Codable, Hashable, Sendable {
    package var version: String
    package var uptimeSeconds: Int
    /// Whether work is taken; `problems` says why not.
    package var ready: Bool
    package var limiter: LimiterState
    /// In the order in which they are to be shown.
    package var resellers: [ResellerState]
    /// The newest first.
    package var lastAnswers: [BatchAnswer]
    /// One sentence each: what is wrong and what to do.
    package var problems: [String]
    package var ignoredNames: [IgnoredName]

    package init(
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
