/// One reseller's files: how many wait, which are being read, and what the last one became.
public struct ResellerState: Codable, Hashable, Sendable {
    public var reseller: String
    public var waiting: Int
    public var running: [RunningFile]
    public var lastAnswer: BatchAnswer?

    public init(reseller: String, waiting: Int, running: [RunningFile] = [], lastAnswer: BatchAnswer? = nil) {
        self.reseller = reseller
        self.waiting = waiting
        self.running = running
        self.lastAnswer = lastAnswer
    }

    enum CodingKeys: String, CodingKey {
        case reseller, waiting, running
        case lastAnswer = "last_answer"
    }

    /// Written by hand for the sake of `"last_answer": null`: a reader finds every key on every page.
    public func encode(to encoder: any Encoder) throws {
        var page = encoder.container(keyedBy: CodingKeys.self)
        try page.encode(reseller, forKey: .reseller)
        try page.encode(waiting, forKey: .waiting)
        try page.encode(running, forKey: .running)
        try page.encode(lastAnswer, forKey: .lastAnswer)
    }
}
