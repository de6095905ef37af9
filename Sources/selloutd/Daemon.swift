import Confinement
import Dispatch
import Folders
import Foundation
import Glibc
import Ledger
import Linux
import Operations
import Pipeline
import Sellout
import Settings
import Systemd
import Web

/// The rooms connected, started in order and stopped in reverse.
final class Daemon {
    private let configuration: Configuration
    private let lock: RootLock
    private let pool: ReaderPool
    private let shelf: ProfileShelf
    private let ledger: SQLiteLedger
    private let surroundings = Surroundings()
    private let board = StatusBoard()
    private let journal: Journal
    private let pipeline: SellOutPipeline
    private let crash: CrashMark
    private let notifier = Notifier()
    private var heartbeat: HeartbeatDriver?
    private var server: WebServer?
    private var status: (any DispatchSourceTimer)?

    init(_ configuration: Configuration) throws {
        self.configuration = configuration
        let root = try Root(path: configuration.root)
        lock = try root.lock()
        crash = try CrashMark(in: configuration.root + "/.ledger")
        ledger = try SQLiteLedger(path: configuration.root + "/.ledger/ledger.db")
        let folder = ProfileFolder(path: configuration.profiles)
        shelf = ProfileShelf(folder.profiles)
        let tally = Tally()
        journal = Journal(tally: tally, board: board)
        pool = ReaderPool(executable: ReaderPool.executableBesideThis, profiles: folder.sources)
        pool.warm()
        let reading = ConfinedReader(pool: pool, timeLimit: configuration.timeLimit)
        let workplace = Workplace(
            root: root, ledger: ledger, reading: reading, profiles: shelf, surroundings: surroundings, events: journal,
            host: ProcessInfo.processInfo.hostName)
        pipeline = SellOutPipeline(
            workplace, watch: InotifyWatch(root: root), reading: ConfinedFiles(reading), settings: configuration.pipeline)
        try take(folder)
        for path in try root.foldersElsewhere() {
            surroundings.report(.spool, "\(path) lies on another file system than the spool; files cannot be claimed from there.")
        }
    }

    func start() throws {
        Claim.ignoreLeaseSignals()
        signal(SIGPIPE, SIG_IGN)
        try pipeline.start(crashed: crash.wasLeft) { crash.arm() }
        // The status knows what was answered before this process began.
        for batch in try ledger.batches(BatchFilter(limit: 50)).reversed() where batch.state.isOver { board.answered(batch) }
        let pipeline = pipeline
        let heartbeat = HeartbeatDriver(
            questions: [
                "watcher": { pipeline.pingReconciler($0) }, "limiter": { pipeline.pingLimiter($0) }, "ledger": { pipeline.pingLedger($0) },
            ], notifier: notifier)
        self.heartbeat = heartbeat
        let desk = StatusDesk(pipeline: pipeline, board: board, heartbeat: heartbeat, profiles: shelf)
        server = try WebServer.start(on: configuration.listen, routes: .status(of: desk, tally: journal.tally))
        notifier.ready(status: Daemon.line(desk.statusPage()))
        journal.say(
            .notice,
            "selloutd \(StatusBoard.version) watches \(configuration.root), \(shelf.resellers.count) profiles, status on \(server?.address.description ?? "no address")"
        )
        let timer = DispatchSource.makeTimerSource(queue: .main)
        timer.schedule(deadline: .now() + 1, repeating: 1)
        timer.setEventHandler { [notifier] in notifier.status(Daemon.line(desk.statusPage())) }
        timer.activate()
        status = timer
    }

    private static func line(_ page: StatusPage) -> String {
        let last = page.lastAnswers.first.map { "; last: \($0.reseller) \($0.filename) \($0.status)" } ?? ""
        let wrong = page.problems.isEmpty ? "" : "; \(page.problems[0])"
        return "\(page.limiter.running) files running, \(page.limiter.waiting) waiting\(last)\(wrong)"
    }

    /// New profiles for the files that begin from now on; a mistaken one keeps nobody else from working.
    func reload() {
        notifier.reloading()
        let folder = ProfileFolder(path: configuration.profiles)
        shelf.replace(with: folder.profiles)
        pool.replaceProfiles(folder.sources)
        do { try take(folder) } catch { journal.troubled("\(error)") }
        pipeline.reconcileSoon()
        journal.say(.notice, "profiles were read again: \(folder.profiles.count) in force")
        notifier.ready()
    }

    private func take(_ folder: ProfileFolder) throws {
        if folder.faults.isEmpty {
            surroundings.clear(.profiles)
        } else {
            for fault in folder.faults { journal.troubled(fault.description) }
            surroundings.report(.profiles, folder.faults.map(\.description).joined(separator: " "))
        }
        try ledger.note(resellers: folder.profiles.map(\.terms))
    }

    func stop() {
        notifier.stopping(status: "Stopping; running files have 20 seconds.")
        journal.say(.notice, "stopping; running files have 20 seconds")
        status?.cancel()
        pipeline.stop()
        server?.stop()
        pool.close()
    }
}
