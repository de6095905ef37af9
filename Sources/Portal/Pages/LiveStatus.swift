import Batches
import Texts

/// What the daemon says of itself, read from the JSON of its status. Whatever is missing there is nil or empty here: pages show what
/// they know.
package struct LiveStatus: Hashable, Sendable {
    /// False where the daemon does not answer.
    package private(set) var answers = false
    package private(set) var version: String?
    package private(set) var uptimeSeconds: Int?
    package private(set) var running = 0
    package private(set) var waiting = 0
    package private(set) var mostRunning: Int?
    package private(set) var files: [LiveFile] = []
    /// One sentence each: what is wrong, and what to do.
    package private(set) var problems: [LiveProblem] = []
    package private(set) var ignored: [IgnoredFile] = []
    package private(set) var diskFreePercent: Int?
    package private(set) var ledgerBytes: Int64?

    /// A name that is left alone in an inbox, and why.
    package struct IgnoredFile: Hashable, Sendable {
        package let reseller: String
        package let filename: String
        package let reason: String
        package let since: Timestamp?
        package let isStale: Bool
    }

    package struct LiveProblem: Hashable, Sendable {
        /// Nil where it concerns everybody.
        package let reseller: String?
        package let sentence: String
    }

    /// The daemon does not answer.
    package static let silent = LiveStatus()

    private init() {}

    package init(json: JSONValue) {
        answers = true
        version = json["version"]?.text
        uptimeSeconds = json["uptime_seconds"]?.int
        running = json["limiter"]?["running"]?.int ?? 0
        waiting = json["limiter"]?["waiting"]?.int ?? 0
        mostRunning = json["limiter"]?["max_files"]?.int
        problems = (json["problems"]?.items ?? []).compactMap { $0.text.map { LiveProblem(reseller: nil, sentence: $0) } }
        for reseller in json["resellers"]?.items ?? [] {
            guard let name = reseller["reseller"]?.text else { continue }
            files += (reseller["running"]?.items ?? []).compactMap { LiveFile($0, of: name) }
            problems += (reseller["problems"]?.items ?? []).compactMap { $0.text.map { LiveProblem(reseller: name, sentence: $0) } }
        }
        ignored = (json["ignored_names"]?.items ?? []).compactMap { one in
            guard let reseller = one["reseller"]?.text, let filename = one["filename"]?.text else { return nil }
            return IgnoredFile(
                reseller: reseller, filename: filename, reason: one["reason"]?.text ?? "",
                since: one["since"]?.text.flatMap { Timestamp($0) }, isStale: one["stale"]?.flag ?? false)
        }
        if let free = json["disk_free_bytes"]?.int, let size = json["disk_size_bytes"]?.int, size > 0, (0...size).contains(free) {
            diskFreePercent = Int(Double(free) / Double(size) * 100)
        }
        ledgerBytes = json["ledger_bytes"]?.int.map { Int64($0) }
    }

    package func file(_ batch: String) -> LiveFile? { files.first { $0.batch == batch } }
}

/// A file that is being read just now.
package struct LiveFile: Hashable, Sendable {
    package let batch: String
    package let reseller: String
    package let filename: String
    package let rowsSoFar: Int
    /// Of the file, never 100 before it is over; nil where nobody can tell yet.
    package let percent: Int?

    fileprivate init?(_ json: JSONValue, of reseller: String) {
        guard let batch = json["batch_id"]?.text else { return nil }
        self.batch = batch
        self.reseller = reseller
        filename = json["filename"]?.text ?? ""
        rowsSoFar = max(0, json["rows_so_far"]?.int ?? 0)
        percent = json["percent"]?.int.flatMap { $0 > 0 ? min($0, 99) : nil }
    }
}

extension JSONValue {
    fileprivate var int: Int? { whole.flatMap { Int(exactly: $0) } }
    fileprivate var flag: Bool { if case .bool(let flag) = self { flag } else { false } }
}
