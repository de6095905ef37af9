import Calling
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
@MainActor final class Daemon {
    private let configuration: Configuration
    private let lock: RootLock
    private let pool: ReaderPool
    private let shelf: ProfileShelf
    /// The profiles in force, as they were read.
    private var folder: ProfileFolder
    private let ledger: SQLiteLedger
    private let board = StatusBoard()
    private let journal: Journal
    private let pipeline: SellOutPipeline
    private let crash: CrashMark
    private let notifier = Notifier()
    private let startingUp: Repeating
    /// Both servers count into one tally.
    private let requests = ServerSettings()
    private var heartbeat: HeartbeatDriver?
    private var server: WebServer?
    /// For the program that serves people.
    private var line: WebServer?
    private let root: Root
    /// A workbook that nobody waits for as for a reseller's file.
    private static let longestLook = Duration.seconds(45)
    private static let looksAtOnce = 2
    private var statusLine: Repeating?
    private var lastLine = ""

    init(_ configuration: Configuration) throws {
        self.configuration = configuration
        // Bringing a large ledger up to date, or recovering, may take longer than a start usually may.
        startingUp = Repeating(every: 5, on: .global()) { [notifier] in notifier.extendTimeout(by: .seconds(30)) }
        let root = try Root(path: configuration.root)
        self.root = root
        lock = try root.lock()
        crash = try CrashMark(in: configuration.root + "/.ledger")
        ledger = try SQLiteLedger(path: configuration.root + "/.ledger/ledger.db")
        try ledger.remember(DaemonsFolders(root: configuration.root, profiles: configuration.profiles))
        folder = ProfileFolder(path: configuration.profiles)
        shelf = ProfileShelf(folder.profiles, withheld: folder.withheld)
        journal = Journal(tally: Tally(), board: board)
        pool = ReaderPool(executable: ReaderPool.executableBesideThis, profiles: folder.sources)
        pool.warm()
        let reader = ConfinedReader(pool: pool, timeLimit: configuration.timeLimit)
        let workplace = Workplace(
            root: root, ledger: ledger, reader: reader, profiles: shelf, events: journal, host: ProcessInfo.processInfo.hostName,
            keepAudience: configuration.keepAudience)
        pipeline = SellOutPipeline(
            workplace, watch: InotifyWatch(root: root), settings: configuration.pipeline)
        try tellOfProfiles()
    }

    func start() throws {
        Claim.ignoreLeaseSignals()
        signal(SIGPIPE, SIG_IGN)
        // The status knows what was answered before this process began.
        for batch in try ledger.batches(BatchFilter(limit: 50)).reversed() where batch.state.isOver { board.answered(batch) }
        let heartbeat = HeartbeatDriver(notifier: notifier) { [pipeline] in pipeline.standing.owed }
        self.heartbeat = heartbeat
        let desk = StatusDesk(pipeline: pipeline, board: board, heartbeat: heartbeat, profiles: shelf)
        let status = Routes.status(of: desk, tally: journal.tally, requests: requests.tally)
        server = try WebServer.start(on: configuration.listen, routes: status, settings: requests)
        openLine(status)
        try pipeline.start(crashed: crash.wasLeft) {
            crash.arm()
        } swept: { [weak self] in
            DispatchQueue.main.async { MainActor.assumeIsolated { self?.isReady(desk) } }
        }
    }

    /// Beside the status's own server, so that nobody who looks into files takes its threads. Without it files go on all the same.
    private func openLine(_ status: Routes) {
        let reader = ConfinedReader(pool: pool, timeLimit: Daemon.longestLook)
        let originals = OriginalsDesk(root: configuration.root, ledger: ledger, reader: reader)
        let saving = ProfileSaving(folder: configuration.profiles) { [weak self] reseller, actor in
            DispatchQueue.main.async {
                MainActor.assumeIsolated {
                    self?.journal.say(.notice, "\(actor) has saved a profile of \(reseller)")
                    self?.reload()
                }
            }
        }
        let routes = status.adding(.socket(originals, WorkbookDesk(reader: reader), saving))
        var settings = requests
        settings.limits.workers = Daemon.looksAtOnce
        do {
            try root.makeRunFolder()
            let place = ListenPlace.address(.unix(path: configuration.root + "/.run/selloutd.sock"))
            line = try WebServer(on: [place], routes: routes, settings: settings)
        } catch { journal.troubled("There is no socket for sellout-web, which has to do without: \(error)") }
    }

    private func isReady(_ desk: StatusDesk) {
        startingUp.stop()
        journal.say(
            .notice,
            "selloutd \(Release.version) watches \(configuration.root), \(shelf.resellers.count) profiles, status on \(server?.address.description ?? "no address")"
        )
        notifier.ready(status: Daemon.line(desk.statusPage()))
        statusLine = Repeating(every: 1, on: .main) { [weak self] in MainActor.assumeIsolated { self?.tell(Daemon.line(desk.statusPage())) }
        }
    }

    private func tell(_ line: String) {
        guard line != lastLine else { return }
        lastLine = line
        notifier.status(line)
    }

    private static func line(_ page: StatusPage) -> String {
        let last = page.lastAnswers.first.map { "; last: \($0.reseller) \($0.filename) \($0.status)" } ?? ""
        let wrong = page.problems.isEmpty ? "" : "; \(page.problems[0])"
        return "\(page.limiter.running) files running, \(page.limiter.waiting) waiting\(last)\(wrong)"
    }

    /// New profiles for the files that begin from now on. A mistaken one keeps nobody from working: the last good one serves.
    func reload() {
        notifier.reloading()
        folder = ProfileFolder(path: configuration.profiles).keeping(folder)
        shelf.replace(with: folder.profiles, withheld: folder.withheld)
        pool.replaceProfiles(folder.sources)
        do { try tellOfProfiles() } catch { journal.troubled("\(error)") }
        let old = folder.goingOn.isEmpty ? "" : ", \(folder.goingOn.count) of them as they were before"
        journal.say(.notice, "profiles were read again: \(folder.profiles.count) in force\(old)")
        notifier.ready()
    }

    private func tellOfProfiles() throws {
        pipeline.profilesChanged(faults: folder.trouble, withheld: folder.withheld)
        try ledger.note(resellers: folder.profiles.map(\.terms), newMayUpload: configuration.newResellersMayUpload)
    }

    func stop() {
        startingUp.stop()
        notifier.stopping(status: "Stopping; running files have 20 seconds.")
        journal.say(.notice, "stopping; running files have 20 seconds")
        statusLine?.stop()
        pipeline.stop()
        line?.stop()
        server?.stop()
        pool.close()
        ledger.close()
    }
}

/// Does something again and again until it is stopped.
@MainActor private final class Repeating {
    private let timer: any DispatchSourceTimer

    init(every seconds: Int, on queue: DispatchQueue, _ body: @escaping @Sendable () -> Void) {
        timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + .seconds(seconds), repeating: .seconds(seconds))
        timer.setEventHandler(handler: body)
        timer.activate()
    }

    func stop() { timer.cancel() }
}
