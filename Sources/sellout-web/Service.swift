import Accounts
import Calling
import Folders
import Foundation
import Glibc
import Ledger
import Mail
import Operations
import Portal
import Sellout
import Settings
import Synchronization
import Systemd
import Texts
import Web

/// The rooms connected.
@MainActor final class Service {
    private let books: Books
    private let server: WebServer
    private let postman: Postman
    private let notifier = Notifier()

    init(_ configuration: Configuration) throws {
        try Exposure.check([configuration.listen], hasTLS: configuration.certificate != nil, isBehindProxy: configuration.isBehindProxy)
        let profiles = ProfileWatch(root: configuration.root, told: configuration.profiles)
        books = Books(ledger: configuration.root + "/.ledger/ledger.db") { profiles.folder.profiles.map(\.terms) }
        books.openAhead()
        let settings = try Self.settings(configuration)
        postman = Postman(configuration.mail, box: LetterBox(root: configuration.root)) { Options.program.complain($0) }
        let portal = try Self.portal(configuration, books, profiles, settings.tally, postman)
        server = try WebServer(on: try Self.places(configuration), routes: portal.routes(), settings: settings)
        let scheme = settings.certificate == nil ? "http" : "https"
        let places = server.addresses.map { $0.shown(scheme) }.joined(separator: " and ")
        Options.program.complain("\(Release.version) serves \(configuration.root) on \(places)")
        notifier.ready(status: "Serving \(configuration.root) on \(places)")
    }

    private static func settings(_ configuration: Configuration) throws -> ServerSettings {
        var settings = ServerSettings()
        settings.limits = .open
        settings.limits.connections = configuration.maxConnections
        settings.limits.connectionsPerAddress = configuration.maxConnectionsPerAddress
        settings.isBehindProxy = configuration.isBehindProxy
        settings.log = AccessLog()
        if let chain = configuration.certificate, let key = configuration.privateKey {
            settings.certificate = try Certificate(chain: chain, key: key)
        }
        return settings
    }

    private static func portal(
        _ configuration: Configuration, _ books: Books, _ profiles: ProfileWatch, _ tally: RouteTally, _ postman: Postman
    ) throws -> Portal {
        let drops = try DropFolder(root: configuration.root)
        // What a process that died left half received; an upload that still comes is written to.
        try drops.tidy(olderThan: .seconds(3600))
        let signIn = try SignIn()
        let gate = Gate(
            tokens: try tokens(configuration), books: books, signIn: signIn, requestsPerMinute: configuration.portal.requestsPerMinute)
        return Portal(
            settings: configuration.portal, books: books, drops: drops, gate: gate,
            daemon: DaemonLine(socket: configuration.root + "/.run/selloutd.sock"), tally: tally, passwords: signIn.passwords,
            postman: postman, folder: { profiles.folder })
    }

    /// Sockets that the service manager holds open stand instead of those that are configured.
    private static func places(_ configuration: Configuration) throws -> [ListenPlace] {
        let handed = try ActivatedSocket.taken()
        if !handed.isEmpty { return handed.map { .inherited($0.descriptor) } }
        let socket = configuration.unixSocket ?? configuration.root + "/.uploads/sellout-web.sock"
        let unix: [ListenPlace] = socket == "off" ? [] : [.address(.unix(path: socket))]
        return [.address(configuration.listen)] + unix
    }

    private static func tokens(_ configuration: Configuration) throws -> Tokens {
        let key = try TokenKey(path: configuration.root + "/.ledger/web.key")
        guard let path = configuration.issuersKey else { return Tokens(key: key) }
        guard let pem = FileManager.default.contents(atPath: path) else {
            throw SettingsFaults(all: [SettingsFault(file: path, path: "", expected: "cannot be read as the issuer's public key")])
        }
        return Tokens(key: key, issuersKey: try IssuersKey(pem: Array(pem)))
    }

    /// Requests that have begun get their answers.
    func stop() {
        notifier.stopping(status: "Stopping; requests that have begun have 20 seconds.")
        server.stop(patience: .seconds(20))
        postman.finish(within: .seconds(5))
        books.close()
    }
}

/// A line for each request, on standard error.
private final class AccessLog: RequestLog {
    func finished(_ record: RequestRecord) {
        let bytes = Array("\(record.line)\n".utf8)
        // A journal that does not listen is no reason to stop.
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
    }
}

/// The profiles as they are now; asked at most every five seconds.
final class ProfileWatch: Sendable {
    private struct State {
        var folder: ProfileFolder?
        var readAt: ContinuousClock.Instant?
    }

    private let root: String
    private let told: String?
    private let state = Mutex(State())

    init(root: String, told: String?) {
        self.root = root
        self.told = told
    }

    var folder: ProfileFolder {
        let known = state.withLock { state in state.readAt.flatMap { $0.duration(to: .now) < .seconds(5) ? state.folder : nil } }
        if let known { return known }
        let path = told ?? (try? SQLiteLedger.daemonsFolders(ofLedgerAt: root + "/.ledger/ledger.db"))?.profiles
        let read = ProfileFolder(path: path ?? "/etc/selloutd/resellers")
        state.withLock { $0 = State(folder: read, readAt: .now) }
        return read
    }
}

extension ListenAddress {
    fileprivate func shown(_ scheme: String) -> String { if case .unix = self { description } else { "\(scheme)://\(self)" } }
}
