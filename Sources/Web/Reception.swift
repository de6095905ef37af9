import CMicrohttpd
import Glibc

/// What libmicrohttpd's callbacks work on.
final class Reception: Sendable {
    let routes: Routes
    let doorkeeper: Doorkeeper

    init(routes: Routes, patience: Duration) {
        self.routes = routes
        doorkeeper = Doorkeeper(limit: patience)
    }

    fileprivate static func lent(_ context: UnsafeMutableRawPointer?) -> Reception? {
        unsafe context.map { unsafe Unmanaged<Reception>.fromOpaque($0).takeUnretainedValue() }
    }
}

/// Called once with the head, again for each piece of a body, and a last time when the request is whole. `state` is ours:
/// it holds the exchange, retained until `requestCompleted`.
let answerRequest: MHD_AccessHandlerCallback = { context, pointer, path, method, _, _, pieceSize, state in
    guard let reception = unsafe Reception.lent(context), let pointer = unsafe pointer, let state = unsafe state else { return .NO }
    let connection = unsafe ClientConnection(lent: pointer)
    guard let held = unsafe state.pointee else {
        guard let path = unsafe path, let method = unsafe method else { return .NO }
        let rawPath = unsafe UnsafeBufferPointer(start: path, count: strlen(path)).map { UInt8(bitPattern: $0) }
        let exchange = unsafe Exchange(
            routes: reception.routes, method: String(cString: method), rawPath: rawPath, headers: connection.headers)
        unsafe state.pointee = Unmanaged.passRetained(exchange).toOpaque()
        guard case .refuse(let response) = exchange.opening else { return .YES }
        return connection.send(response) ? .YES : .NO
    }
    if let pieceSize = unsafe pieceSize, unsafe pieceSize.pointee > 0 { return .NO }  // No route takes a body yet.
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(held).takeUnretainedValue()
    return connection.send(exchange.answer()) ? .YES : .NO
}

let requestCompleted: MHD_RequestCompletedCallback = { context, pointer, state, _ in
    if let state = unsafe state, let held = unsafe state.pointee {
        unsafe Unmanaged<Exchange>.fromOpaque(held).release()
        unsafe state.pointee = nil
    }
    guard let pointer = unsafe pointer else { return }
    unsafe Reception.lent(context)?.doorkeeper.finishedRequest(ClientConnection(lent: pointer).socket)
}

let connectionChanged: MHD_NotifyConnectionCallback = { context, pointer, _, change in
    guard let doorkeeper = unsafe Reception.lent(context)?.doorkeeper, let pointer = unsafe pointer else { return }
    let socket = unsafe ClientConnection(lent: pointer).socket
    change == .CONNECTION_NOTIFY_STARTED ? doorkeeper.began(socket) : doorkeeper.ended(socket)
}
