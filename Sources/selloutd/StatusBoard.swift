import Foundation
import Pipeline
import Sellout
import Synchronization
import Systemd
import Web

/// What the status shows: kept up by events, so that it can be asked for while a part is stuck.
final class StatusBoard: Sendable {
    static let version = "0.1.0"
    private static let answersKept = 50

    private let began = ContinuousClock.now
    private let state = Mutex(State())

    private struct State {
        var answers: [BatchAnswer] = []
        var lastByReseller: [String: BatchAnswer] = [:]
    }

    func answered(_ batch: BatchRecord) {
        let answer = BatchAnswer(
            batchId: batch.id.text, filename: batch.filename, reseller: batch.reseller, status: batch.state.rawValue,
            message: batch.refusal?.message ?? batch.message,
            at: Date(timeIntervalSince1970: Double((batch.endedAt ?? batch.receivedAt).milliseconds) / 1000))
        state.withLock { state in
            state.answers.removeAll { $0.batchId == answer.batchId }
            state.answers.insert(answer, at: 0)
            if state.answers.count > StatusBoard.answersKept { state.answers.removeLast() }
            state.lastByReseller[batch.reseller] = answer
        }
    }

    func page(of pipeline: SellOutPipeline, resellers: [String], isReady: Bool, problems: [String]) -> StatusPage {
        let works = pipeline.snapshot()
        let (answers, last) = state.withLock { ($0.answers, $0.lastByReseller) }
        let running = Dictionary(grouping: works.running, by: \.file.reseller)
        let names = Set(resellers).union(running.keys).union(works.waiting.keys).sorted()
        let states = names.map { name in
            ResellerState(
                reseller: name, waiting: works.waiting[name] ?? 0,
                running: (running[name] ?? []).map { progress in
                    RunningFile(
                        batchId: progress.file.batch.text, filename: progress.file.fileName, rowsSoFar: progress.rows,
                        seconds: progress.began.duration(to: .now) / .seconds(1))
                }, lastAnswer: last[name])
        }
        return StatusPage(
            version: StatusBoard.version, uptimeSeconds: Int(began.duration(to: .now) / .seconds(1)), ready: isReady,
            limiter: LimiterState(
                running: works.running.count, waiting: works.waiting.values.reduce(0, +), maxFiles: works.maxFiles,
                maxFilesPerReseller: works.maxFilesPerReseller),
            resellers: states, lastAnswers: answers, problems: problems,
            ignoredNames: pipeline.lingering.map { waiting in
                IgnoredName(
                    reseller: waiting.place.inbox.sender.description, filename: waiting.place.name.printable, reason: waiting.description,
                    since: Date(timeIntervalSinceNow: -(waiting.since / .seconds(1))), stale: waiting.since >= .seconds(86_400))
            })
    }
}

/// The status routes' source: board, pipeline and heartbeat together.
struct StatusDesk: StatusSource {
    static let parts = ["ledger", "limiter", "watcher"]

    let pipeline: SellOutPipeline
    let board: StatusBoard
    let heartbeat: HeartbeatDriver
    let profiles: ProfileShelf

    func parts() -> [PartState] {
        let silent = heartbeat.silentParts
        return StatusDesk.parts.map { PartState(part: $0, answers: !silent.contains($0)) }
    }

    func reasonsAgainstReadiness() -> [String] {
        pipeline.reasonsNotReady + heartbeat.silentParts.map { "The \($0) does not answer." }
    }

    func statusPage() -> StatusPage {
        let reasons = reasonsAgainstReadiness()
        let others = pipeline.problems.filter { !reasons.contains($0) }
        return board.page(of: pipeline, resellers: profiles.resellers, isReady: reasons.isEmpty, problems: reasons + others)
    }
}
