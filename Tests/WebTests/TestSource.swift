import Foundation
import Synchronization
import Web

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
                    running: [RunningFile(batchId: "0199", filename: "april.csv", rowsSoFar: 1200, seconds: 1.5)],
                    lastAnswer: TestSource.answer),
                ResellerState(reseller: "liberty", waiting: 0),
            ],
            lastAnswers: [TestSource.answer], problems: ["The disk is full."],
            ignoredNames: [
                IgnoredName(
                    reseller: "boxnox", filename: "x.part", reason: "working name", since: Date(timeIntervalSince1970: 0), stale: true)
            ])
    }

    static let answer = BatchAnswer(
        batchId: "0198", filename: "a\n\"b\".csv", reseller: "boxnox", status: "approved", message: "76 sales taken.",
        at: Date(timeIntervalSince1970: 1_745_000_000))

    let answers = Mutex(Answers())

    func parts() -> [PartState] { answers.withLock { $0.parts } }
    func reasonsAgainstReadiness() -> [String] { answers.withLock { $0.reasons } }
    func statusPage() -> StatusPage { answers.withLock { $0.page } }
}
