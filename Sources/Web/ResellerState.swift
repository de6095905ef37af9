/// One reseller's files: how many wait, which are being read, and what the last one became.
package struct ResellerState: Codable, Hashable, Sendable {
    package var reseller: String
    package var waiting: Int
    package var running: [RunningFile]
    package var lastAnswer: BatchAnswer?

    package init(reseller: String, waiting: Int, running: [RunningFile] = [], lastAnswer: BatchAnswer? = nil) {
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
    package func encode(to encoder: any Encoder) throws {
        var page = encoder.container(keyedBy: CodingKeys.self)
        try page.encode(reseller, forKey: .reseller)
        try page.encode(waiting, forKey: .waiting)
        try page.encode(running, forKey: .running)
        try page.encode(lastAnswer, forKey: .lastAnswer)
    }
}
