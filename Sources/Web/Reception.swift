import CMicrohttpd
import Dispatch
import Glibc
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

    fileprivate static func lent(_ context: UnsafeMutableRawPointer?) -> Reception? {
        unsafe context.map { unsafe Unmanaged<Reception>.fromOpaque($0).takeUnretainedValue() }
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

/// Called with a request's first line. What it returns is the request's from then on: the exchange, retained until `requestCompleted`.
let requestBegan: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) -> UnsafeMutableRawPointer? = {
    context, target, pointer in
    guard let reception = unsafe Reception.lent(context), let pointer = unsafe pointer, let target = unsafe target else { return nil }
    let bytes = unsafe UnsafeBufferPointer(start: target, count: strlen(target)).map { UInt8(bitPattern: $0) }
    let connection = unsafe ClientConnection(lent: pointer)
    guard let guest = connection.guest else { return nil }
    let exchange = Exchange(reception, connection, guest, target: bytes)
    return unsafe UnsafeMutableRawPointer(Unmanaged.passRetained(exchange).toOpaque())
}

/// Called with the head, again for each piece of a body, when the request is whole, and whenever the connection was held.
let answerRequest: MHD_AccessHandlerCallback = { _, pointer, _, method, _, piece, pieceSize, state in
    guard let pointer = unsafe pointer, let held = unsafe state?.pointee, let method = unsafe method else { return .NO }
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(held).takeUnretainedValue()
    let move: Exchange.Move
    if let pieceSize = unsafe pieceSize, unsafe pieceSize.pointee > 0 {
        guard let piece = unsafe piece else { return .NO }
        move = unsafe exchange.take(UnsafeRawBufferPointer(start: piece, count: pieceSize.pointee).bytes)
        unsafe pieceSize.pointee = 0
    } else {
        move = unsafe exchange.goOn(method: String(cString: method))
    }
    switch move {
    case .goOn: return .YES
    case .answer(let response): return unsafe ClientConnection(lent: pointer).send(response) ? .YES : .NO
    case .cut: return .NO
    }
}

let requestCompleted: MHD_RequestCompletedCallback = { _, _, state, _ in
    guard let state = unsafe state, let held = unsafe state.pointee else { return }
    unsafe Unmanaged<Exchange>.fromOpaque(held).takeRetainedValue().end()
    unsafe state.pointee = nil
}

/// `place` is ours: it holds the guest, retained as long as the connection is there.
let connectionChanged: MHD_NotifyConnectionCallback = { context, pointer, place, change in
    guard let doorkeeper = unsafe Reception.lent(context)?.doorkeeper, let pointer = unsafe pointer, let place = unsafe place else {
        return
    }
    if change == .CONNECTION_NOTIFY_STARTED {
        let connection = unsafe ClientConnection(lent: pointer)
        let guest = doorkeeper.began(connection.socket, from: connection.address)
        unsafe place.pointee = Unmanaged.passRetained(guest).toOpaque()
    } else if let held = unsafe place.pointee {
        unsafe doorkeeper.ended(Unmanaged<Guest>.fromOpaque(held).takeRetainedValue())
        unsafe place.pointee = nil
    }
}
