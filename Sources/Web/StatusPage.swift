import Batches
import Cells
import Texts

/// What `GET /status` says: the whole state of the daemon at one moment, as plain values that the wiring fills. Names that
/// strangers chose arrive here printable.
package struct StatusPage: Sendable {
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
    /// How much room there is, and what waits longest: further members of the page.
    package var room: JSONValue

    package init(
        version: String, uptimeSeconds: Int, ready: Bool, limiter: LimiterState, resellers: [ResellerState] = [],
        lastAnswers: [BatchAnswer] = [],
        problems: [String] = [], ignoredNames: [IgnoredName] = [], room: JSONValue = [:]
    ) {
        self.version = version
        self.uptimeSeconds = uptimeSeconds
        self.ready = ready
        self.limiter = limiter
        self.resellers = resellers
        self.lastAnswers = lastAnswers
        self.problems = problems
        self.ignoredNames = ignoredNames
        self.room = room
    }

    /// A reader finds every member on every page; what is not there is null.
    var json: JSONValue {
        .joined([
            [
                "version": .text(version), "uptime_seconds": .number(uptimeSeconds), "ready": .bool(ready), "limiter": limiter.json,
                "resellers": .array(resellers.map(\.json)), "last_answers": .array(lastAnswers.map(\.json)),
                "problems": .array(problems.map(JSONValue.text)), "ignored_names": .array(ignoredNames.map(\.json)),
            ], room,
        ])
    }
}

/// How full the limiter is.
package struct LimiterState: Sendable {
    package var running: Int
    package var waiting: Int
    package var maxFiles: Int
    package var maxFilesPerReseller: Int

    package init(running: Int, waiting: Int, maxFiles: Int, maxFilesPerReseller: Int) {
        self.running = running
        self.waiting = waiting
        self.maxFiles = maxFiles
        self.maxFilesPerReseller = maxFilesPerReseller
    }

    fileprivate var json: JSONValue {
        [
            "running": .number(running), "waiting": .number(waiting), "max_files": .number(maxFiles),
            "max_files_per_reseller": .number(maxFilesPerReseller),
        ]
    }
}

/// One reseller's files: how many wait, which are being read, what became of the last one, and when the next one is awaited.
package struct ResellerState: Sendable {
    package var reseller: String
    package var waiting: Int
    package var running: [RunningFile]
    package var lastAnswer: BatchAnswer?
    /// What is wrong at its folders, one sentence each.
    package var problems: [String]
    /// So many days after its next file usually is here; 0 where it is not late.
    package var lateDays: Int
    /// What is awaited of it, as operations' listings show it too.
    package var freshness: JSONValue

    package init(
        reseller: String, waiting: Int, running: [RunningFile] = [], lastAnswer: BatchAnswer? = nil, problems: [String] = [],
        lateDays: Int = 0, freshness: JSONValue = .null
    ) {
        self.reseller = reseller
        self.waiting = waiting
        self.running = running
        self.lastAnswer = lastAnswer
        self.problems = problems
        self.lateDays = lateDays
        self.freshness = freshness
    }

    fileprivate var json: JSONValue {
        [
            "reseller": .text(reseller), "waiting": .number(waiting), "running": .array(running.map(\.json)),
            "last_answer": lastAnswer?.json ?? .null, "problems": .array(problems.map(JSONValue.text)), "freshness": freshness,
        ]
    }
}

/// A file on its way.
package struct RunningFile: Sendable {
    package var batchId: String
    package var filename: String
    package var rowsSoFar: Int
    package var percent: Int
    /// Since its reading began.
    package var elapsed: Duration

    package init(batchId: String, filename: String, rowsSoFar: Int, percent: Int = 0, elapsed: Duration) {
        self.batchId = batchId
        self.filename = filename
        self.rowsSoFar = rowsSoFar
        self.percent = percent
        self.elapsed = elapsed
    }

    fileprivate var json: JSONValue {
        [
            "batch_id": .text(batchId), "filename": .text(filename), "rows_so_far": .number(rowsSoFar),
            "percent": .number(percent),
            "seconds": .decimal(DecimalNumber(digits: Int64(elapsed.milliseconds), exponent: -3)),
        ]
    }
}

/// What became of a file.
package struct BatchAnswer: Sendable {
    package var batchId: String
    package var filename: String
    package var reseller: String
    package var status: String
    package var message: String
    package var at: Timestamp

    package init(batchId: String, filename: String, reseller: String, status: String, message: String, at: Timestamp) {
        self.batchId = batchId
        self.filename = filename
        self.reseller = reseller
        self.status = status
        self.message = message
        self.at = at
    }

    fileprivate var json: JSONValue {
        [
            "batch_id": .text(batchId), "filename": .text(filename), "reseller": .text(reseller), "status": .text(status),
            "message": .text(message), "at": at.json,
        ]
    }
}

/// A name that is left alone in an inbox (an upload tool's working name, a link, a device), and why.
package struct IgnoredName: Sendable {
    package var reseller: String
    package var filename: String
    package var reason: String
    package var since: Timestamp
    /// It has been there so long that its upload was probably given up.
    package var stale: Bool

    package init(reseller: String, filename: String, reason: String, since: Timestamp, stale: Bool) {
        self.reseller = reseller
        self.filename = filename
        self.reason = reason
        self.since = since
        self.stale = stale
    }

    fileprivate var json: JSONValue {
        [
            "reseller": .text(reseller), "filename": .text(filename), "reason": .text(reason), "since": since.json,
            "stale": .bool(stale),
        ]
    }
}

extension Timestamp {
    /// RFC 3339 in UTC, with whole seconds: `2025-04-14T12:30:00Z`.
    fileprivate var json: JSONValue { .text(Timestamp(seconds: milliseconds / 1000).description) }
}
