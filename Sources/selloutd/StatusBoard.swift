import Batches
import Calling
import Operations
import Pipeline
import Sellout
import Synchronization
import Systemd
import Web

/// What the status shows: kept up by events, so that it can be asked for while a part is stuck.
final class StatusBoard: Sendable {
    private static let answersKept = 50

    private let began = ContinuousClock.now
    private let state = Mutex(State())

    private struct State {
        var answers: [BatchAnswer] = []
        var lastByReseller: [String: BatchAnswer] = [:]
    }

    func answered(_ batch: Batch) {
        let answer = BatchAnswer(
            batchId: batch.id.text, filename: batch.filename, reseller: batch.reseller, status: batch.state.rawValue,
            message: batch.refusal?.message ?? batch.message,
            at: batch.endedAt ?? batch.receivedAt)
        state.withLock { state in
            state.answers.removeAll { $0.batchId == answer.batchId }
            state.answers.insert(answer, at: 0)
            if state.answers.count > StatusBoard.answersKept { state.answers.removeLast() }
            state.lastByReseller[batch.reseller] = answer
        }
    }

    func page(
        of standing: Standing, _ surroundings: Surroundings? = nil, resellers: [String], freshness: [String: Freshness] = [:],
        isReady: Bool,
        problems: [String]
    ) -> StatusPage {
        let (answers, last) = state.withLock { ($0.answers, $0.lastByReseller) }
        let running = Dictionary(grouping: standing.running, by: \.batch.reseller)
        let names = Set(resellers).union(running.keys).union(standing.waiting.keys).union(standing.problemsByReseller.keys).sorted()
        let states = names.map { name in
            let judged = freshness[name] ?? .unknown
            return ResellerState(
                reseller: name, waiting: standing.waiting[name] ?? 0,
                running: (running[name] ?? []).map { run in
                    RunningFile(
                        batchId: run.batch.id.text, filename: run.batch.filename, rowsSoFar: run.rows, percent: run.percent,
                        elapsed: run.began.duration(to: .now))
                }, lastAnswer: last[name], problems: standing.problemsByReseller[name] ?? [],
                lateDays: judged.daysLate,
                freshness: judged.json)
        }
        return StatusPage(
            version: Release.version, uptimeSeconds: Int(began.duration(to: .now) / .seconds(1)), ready: isReady,
            limiter: LimiterState(
                running: standing.running.count, waiting: standing.waiting.values.reduce(0, +), maxFiles: standing.maxFiles,
                maxFilesPerReseller: standing.maxFilesPerReseller),
            resellers: states, lastAnswers: answers, problems: problems + (surroundings?.problems ?? []),
            ignoredNames: standing.lingering.map { waiting in
                IgnoredName(
                    reseller: waiting.place.inbox.sender.description, filename: waiting.place.name.printable, reason: waiting.description,
                    since: Timestamp.now().earlier(by: waiting.since), stale: waiting.since >= .seconds(86_400))
            }
                + standing.uploadsLeftAlone.map { upload in
                    IgnoredName(
                        reseller: upload.drop.sender?.description ?? "", filename: upload.drop.name.printable, reason: upload.description,
                        since: upload.drop.since, stale: upload.drop.since.age(at: .now()) >= .seconds(86_400))
                }
                + (surroundings?.ignored ?? []).map {
                    IgnoredName(reseller: $0.sender, filename: $0.name, reason: $0.reason, since: $0.since, stale: $0.isStale)
                }, room: surroundings?.room ?? [:])
    }
}

/// The status routes' source: what was published last, and nothing that has to be waited for.
struct StatusDesk: StatusSource {
    let pipeline: SellOutPipeline
    let board: StatusBoard
    let heartbeat: HeartbeatDriver
    let profiles: ProfileShelf

    func parts() -> [PartState] {
        let silent = heartbeat.silentParts
        return ["ledger", "watcher"].map { PartState(part: $0, answers: !silent.contains($0)) }
    }

    func reasonsAgainstReadiness() -> [String] {
        pipeline.standing.reasonsNotReady + heartbeat.silentParts.map { "The \($0) does not answer." }
    }

    func statusPage() -> StatusPage {
        let standing = pipeline.standing
        let reasons = reasonsAgainstReadiness()
        let others = standing.problems.filter { !reasons.contains($0) }
        return board.page(
            of: standing, pipeline.surroundings, resellers: profiles.resellers, freshness: pipeline.freshness, isReady: reasons.isEmpty,
            problems: reasons + others
        )
    }
}

extension Standing {
    /// What the heartbeat looks at: since when each part owes a sign of life.
    var owed: [String: SuspendingClock.Instant] {
        var owed = ["watcher": at]
        if let ledgerAskedAt { owed["ledger"] = ledgerAskedAt }
        return owed
    }
}
