import Foundation

/// One reseller's files: how many wait, which are being read, and what the last one became.
public struct ResellerState: Codable, Hashable, Sendable {
    public var reseller: String
    public var waiting: Int
    public var running: [RunningFile]
    public var lastAnswer: Answer?

    public init(reseller: String, waiting: Int, running: [RunningFile] = [], lastAnswer: Answer? = nil) {
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

/// A file on its way.
public struct RunningFile: Codable, Hashable, Sendable {
    public var batchId: String
    public var filename: String
    public var rowsSoFar: Int
    public var seconds: Double

    public init(batchId: String, filename: String, rowsSoFar: Int, seconds: Double) {
        self.batchId = batchId
        self.filename = filename
        self.rowsSoFar = rowsSoFar
        self.seconds = seconds
    }

    enum CodingKeys: String, CodingKey {
        case filename, seconds
        case batchId = "batch_id"
        case rowsSoFar = "rows_so_far"
    }
}

/// What became of a file.
public struct Answer: Codable, Hashable, Sendable {
    public var batchId: String
    public var filename: String
    public var reseller: String
    public var status: String
    public var message: String
    public var at: Date

    public init(batchId: String, filename: String, reseller: String, status: String, message: String, at: Date) {
        self.batchId = batchId
        self.filename = filename
        self.reseller = reseller
        self.status = status
        self.message = message
        self.at = at
    }

    enum CodingKeys: String, CodingKey {
        case filename, reseller, status, message, at
        case batchId = "batch_id"
    }
}

/// A name that is left alone in an inbox (an upload tool's working name, a link, a folder), and why.
public struct IgnoredName: Codable, Hashable, Sendable {
    public var reseller: String
    public var filename: String
    public var reason: String
    public var since: Date
    /// There so long that its upload has probably been given up.
    public var stale: Bool

    public init(reseller: String, filename: String, reason: String, since: Date, stale: Bool) {
        self.reseller = reseller
        self.filename = filename
        self.reason = reason
        self.since = since
        self.stale = stale
    }
}
