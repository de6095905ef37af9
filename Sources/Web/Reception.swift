import Dispatch
import Synchronization

/// What libmicrohttpd's callbacks work on, each on the thread to which the connection belongs.
final class Reception: Sendable {
    let routes: Routes
    let limits: ServerLimits
    let doorkeeper: Doorkeeper
    let workers: Workers
    let pauses = Pauses()
    let tally: RouteTally
    /// Of each route; the key nil is for what fits none.
    let counts: [Routes.Name?: RouteCounts]
    let log: (any RequestLog)?
    private let isBehindProxy: Bool

    init(_ routes: Routes, _ settings: ServerSettings) {
        self.routes = routes
        isBehindProxy = settings.isBehindProxy
        log = settings.log
        tally = settings.tally
        counts = tally.counts(of: routes.names)
        var limits = settings.limits
        // They would be the proxy's.
        if isBehindProxy { limits.connectionsPerAddress = nil }
        self.limits = limits
        doorkeeper = Doorkeeper(limits, tally: tally)
        workers = Workers(limits.workersMade)
    }

    /// Who is asking. Behind a proxy it says that itself, in the last place; what stands before it may be the client's own invention.
    func client(of head: RequestHead) -> String {
        guard isBehindProxy, let said = head.headers.last(where: { $0.name == "x-forwarded-for" })?.value else { return head.client }
        let last = (said.split(separator: ",").last ?? "").filter { $0 != " " && $0 != "\t" }
        return ListenAddress.isNumeric(last) ? last : head.client
    }
}

/// Connections that libmicrohttpd leaves alone while a worker has them. It must not be stopped while there are any.
final class Pauses: Sendable {
    private struct State {
        var count = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let closing = Atomic(false)
    private let last = DispatchSemaphore(value: 0)

    /// Each answer is to be the connection's last.
    var isClosing: Bool {
        get { closing.load(ordering: .relaxed) }
        set { closing.store(newValue, ordering: .relaxed) }
    }

    /// False where the server stops.
    func begin(_ connection: ClientConnection) -> Bool {
        let mayBegin = state.withLock { state in
            guard !state.isClosed else { return false }
            state.count += 1
            return true
        }
        if mayBegin { connection.hold() }
        return mayBegin
    }

    func end(_ connection: ClientConnection) {
        connection.release()
        let isLast = state.withLock { state in
            state.count -= 1
            return state.isClosed && state.count == 0
        }
        if isLast { last.signal() }
    }

    /// Returns when there are none, and will be none. Once.
    func close() {
        let waits = state.withLock { state in
            state.isClosed = true
            return state.count > 0
        }
        if waits { last.wait() }
    }
}
