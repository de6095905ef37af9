import Accounts
import Calling
import Folders
import Foundation
import Ledger
import Operations
import Portal
import Sellout
import Synchronization
import Systemd
import Web

/// The rooms connected.
@MainActor final class Service {
    private let books: Books
    private let portal: Portal
    private let server: WebServer?
    private let notifier = Notifier()

    init(_ configuration: Configuration) throws {
        let profiles = ProfileWatch(root: configuration.root, told: configuration.profiles)
        books = Books(ledger: configuration.root + "/.ledger/ledger.db") { profiles.terms }
        let drops = try DropFolder(root: configuration.root)
        try drops.tidy(olderThan: .seconds(3600))
        let tokens = Tokens(key: try TokenKey(path: configuration.root + "/.ledger/web.key"))
        let gate = Gate(
            tokens: tokens, books: books, signIn: try SignIn(), requestsPerMinute: configuration.portal.requestsPerMinute)
        portal = Portal(
            settings: configuration.portal, books: books, drops: drops, gate: gate,
            daemon: DaemonLine(socket: configuration.root + "/.run/selloutd.sock"))
        server = try WebServer.start(on: configuration.listen, routes: portal.routes())
        complain("\(Release.version) serves \(configuration.root) on http://\(server?.address.description ?? "no address")")
        notifier.ready(status: "Serving \(configuration.root)")
    }

    func stop() {
        notifier.stopping(status: "Stopping.")
        server?.stop()
        books.close()
    }
}

/// The profiles as they are now, read again where their folder has changed; asked at most once a second.
final class ProfileWatch: Sendable {
    private struct State {
        var terms: [Terms] = []
        var readAt: ContinuousClock.Instant?
    }

    private let root: String
    private let told: String?
    private let state = Mutex(State())

    init(root: String, told: String?) {
        self.root = root
        self.told = told
    }

    var terms: [Terms] {
        state.withLock { state in
            if let at = state.readAt, at.duration(to: .now) < .seconds(5) { return state.terms }
            state.readAt = .now
            let path = told ?? (try? SQLiteLedger.daemonsFolders(ofLedgerAt: root + "/.ledger/ledger.db"))?.profiles
            if let path { state.terms = ProfileFolder(path: path).profiles.map(\.terms) }
            return state.terms
        }
    }
}
