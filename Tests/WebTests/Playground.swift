import Batches
import Synchronization
import Testing
import Texts
import Web

/// A server on a port of its own, with the status routes over a source of the test's.
struct Playground {
    let source = TestSource()
    let tally = Tally()
    let server: WebServer

    init(limits: ServerLimits = ServerLimits(), address: String = "127.0.0.1:0", more: Routes = Routes()) throws {
        var settings = ServerSettings()
        settings.limits = limits
        let routes = Routes.status(of: source, tally: tally, requests: settings.tally).adding(more)
        server = try WebServer(on: [.address(ListenAddress(parsing: address))], routes: routes, settings: settings)
    }

    func ask(_ target: String, method: String = "GET", headers: [String] = []) throws -> RawAnswer {
        let client = try RawClient(server)
        let head = ["\(method) \(target) HTTP/1.1", "Host: localhost", "Connection: close"] + headers
        client.send(head.joined(separator: "\r\n") + "\r\n\r\n")
        return try #require(RawAnswer(client.receiveAll()))
    }

    /// The server still serves.
    func isAlive() throws -> Bool { try ask("/healthz").status == 200 }
}

/// A source whose answers a test sets.
final class TestSource: StatusSource {
    struct Answers {
        var parts = [PartState(part: "ledger", answers: true), PartState(part: "watcher", answers: true)]
        var reasons: [String] = []
        var page = StatusPage(
            version: "1.0", uptimeSeconds: 5, ready: true,
            limiter: LimiterState(running: 1, waiting: 2, maxFiles: 24, maxFilesPerReseller: 4),
            resellers: [
                ResellerState(
                    reseller: "boxnox", waiting: 2,
                    running: [
                        RunningFile(batchId: "0199", filename: "april.csv", rowsSoFar: 1200, percent: 40, elapsed: .milliseconds(1500))
                    ],
                    lastAnswer: TestSource.answer, problems: ["The outbox is gone."]),
                ResellerState(
                    reseller: "liberty", waiting: 0, lateDays: 8, freshness: ["state": .text("late")]),
            ],
            lastAnswers: [TestSource.answer], problems: ["The disk is full."],
            ignoredNames: [
                IgnoredName(
                    reseller: "boxnox", filename: "x.part", reason: "working name", since: Timestamp(milliseconds: 0), stale: true)
            ])
    }

    static let answer = BatchAnswer(
        batchId: "0198", filename: "a\n\"b\".csv", reseller: "boxnox", status: "approved", message: "76 sales taken.",
        at: Timestamp(milliseconds: 1_745_000_000_999))

    /// The page as `/status` writes it.
    static let page = #"""
        {
          "version": "1.0",
          "uptime_seconds": 5,
          "ready": true,
          "limiter": {"running": 1, "waiting": 2, "max_files": 24, "max_files_per_reseller": 4},
          "resellers": [
            {
              "reseller": "boxnox",
              "waiting": 2,
              "running": [
                {"batch_id": "0199", "filename": "april.csv", "rows_so_far": 1200, "percent": 40, "seconds": 1.5}
              ],
              "last_answer": {"batch_id": "0198", "filename": "a\n\"b\".csv", "reseller": "boxnox", "status": "approved", "message": "76 sales taken.", "at": "2025-04-18T18:13:20Z"},
              "problems": ["The outbox is gone."],
              "freshness": null
            },
            {
              "reseller": "liberty",
              "waiting": 0,
              "running": [],
              "last_answer": null,
              "problems": [],
              "freshness": {"state": "late"}
            }
          ],
          "last_answers": [
            {"batch_id": "0198", "filename": "a\n\"b\".csv", "reseller": "boxnox", "status": "approved", "message": "76 sales taken.", "at": "2025-04-18T18:13:20Z"}
          ],
          "problems": ["The disk is full."],
          "ignored_names": [
            {"reseller": "boxnox", "filename": "x.part", "reason": "working name", "since": "1970-01-01T00:00:00Z", "stale": true}
          ]
        }

        """#

    let answers = Mutex(Answers())

    func parts() -> [PartState] { answers.withLock { $0.parts } }
    func reasonsAgainstReadiness() -> [String] { answers.withLock { $0.reasons } }
    func statusPage() -> StatusPage { answers.withLock { $0.page } }
}
