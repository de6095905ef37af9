import Accounts
import Batches
import Folders
import Ledger
import Operations
import Sellout
import Synchronization
import Texts
import Web

/// The HTTP side: what its endpoints and pages stand on, and the routes that they are reached by.
package struct Portal: Sendable {
    package struct Settings: Sendable {
        /// The tenant that this installation is.
        package var tenant = "bibbi"
        /// When so many files wait, no upload is taken.
        package var maxWaiting = 1000
        /// A's and B's largest uploads, in bytes.
        package var largestResellerUpload = 50 << 20
        package var largestSalesUpload = 100 << 20
        /// Requests of one caller; more are answered 429.
        package var requestsPerMinute = 600_000
        /// Where cookies are marked to go over TLS alone.
        package var isSecure = false

        package init() {}
    }

    let settings: Settings
    let books: Books
    let drops: DropFolder
    let register: UploadRegister
    let gate: Gate
    let daemon: DaemonLine
    let shelf = FiguresShelf()
    let tally: RouteTally

    package init(settings: Settings, books: Books, drops: DropFolder, gate: Gate, daemon: DaemonLine, tally: RouteTally) {
        self.settings = settings
        self.books = books
        self.drops = drops
        register = UploadRegister(drops: drops)
        self.gate = gate
        self.daemon = daemon
        self.tally = tally
    }

    /// What waits, with the daemon and for it.
    func refuseWhereFull(_ call: Call) throws {
        let waiting = try drops.waiting().count + call.desk().count(of: BatchFilter(states: [.pending]))
        if waiting >= settings.maxWaiting { throw Denial.queueFull }
    }
}

/// Opens the ledger for whoever asks. It may not be there yet: the daemon makes it.
package final class Books: Sendable {
    private struct Opened {
        var reading: SQLiteLedger?
        var changing: SQLiteLedger?
        var terms: [Terms] = []
        var termsAt: ContinuousClock.Instant?
    }

    private let path: String
    private let profiles: @Sendable () -> [Terms]
    private let opened = Mutex(Opened())

    package init(ledger path: String, profiles: @escaping @Sendable () -> [Terms]) {
        self.path = path
        self.profiles = profiles
    }

    /// For looking: waits for nobody who writes.
    package func reading(as actor: String) throws -> OperatorDesk { try desk(over: ledger(), actor) }

    /// For steps.
    package func changing(as actor: String) throws -> OperatorDesk {
        _ = try ledger()
        let ledger = try opened.withLock { opened in
            let ledger = try opened.changing ?? SQLiteLedger(path: path)
            opened.changing = ledger
            return ledger
        }
        return try desk(over: ledger, actor)
    }

    package func ledger() throws -> any Bookkeeping {
        try opened.withLock { opened in
            let ledger = try opened.reading ?? SQLiteLedger(onlyReading: path)
            opened.reading = ledger
            return ledger
        }
    }

    private func desk(over ledger: any Bookkeeping, _ actor: String) throws -> OperatorDesk {
        OperatorDesk(ledger: ledger, terms: try terms(ledger), actor: actor, clock: { Timestamp.now() })
    }

    /// What the profiles say, and for those that cannot be seen from here what the daemon noted last; asked once a second.
    private func terms(_ ledger: any Bookkeeping) throws -> [Terms] {
        let known = opened.withLock { opened in opened.termsAt.flatMap { $0.duration(to: .now) < .seconds(1) ? opened.terms : nil } }
        if let known { return known }
        let current = profiles()
        let all = try ledger.notedResellers().filter { old in !current.contains { $0.reseller == old.reseller } } + current
        opened.withLock { opened in
            opened.terms = all
            opened.termsAt = .now
        }
        return all
    }

    package func close() {
        opened.withLock { opened in
            opened.reading?.close()
            opened.changing?.close()
            opened = Opened()
        }
    }
}

extension Portal {
    /// All that is served.
    package func routes() -> Routes {
        var routes = contractRoutes().adding(ContractRoutes.routes).adding(pageRoutes())
        routes.add(.get, "/healthz", .quick) { _ in .json(["healthy": .bool(true)]) }
        routes.add(.get, "/metrics") { request in
            // It tells what goes on here, and is for whoever keeps this machine.
            guard ["127.0.0.1", "::1", "local"].contains(request.client) else { return .refusal(404, "There is nothing under this path.") }
            return .text(PrometheusText.render(tally.families()), contentType: PrometheusText.contentType)
        }
        routes.add(.get, "/readyz") { _ in
            let reasons = reasonsAgainstReadiness()
            return .json(
                ["ready": .bool(reasons.isEmpty), "reasons": .array(reasons.map(JSONValue.text))], status: reasons.isEmpty ? 200 : 503)
        }
        return routes
    }

    /// Uploads are taken while the daemon is down; without a ledger nobody can be known.
    private func reasonsAgainstReadiness() -> [String] {
        do {
            try books.ledger().ping()
            return []
        } catch { return [Refused(any: error).sentence] }
    }
}
