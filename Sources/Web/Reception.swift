import CMicrohttpd
import Glibc

/// What libmicrohttpd's callbacks work on, each on the thread to which the connection belongs.
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

/// libmicrohttpd's connection, lent for the length of one callback.
@safe struct ClientConnection {
    private let pointer: OpaquePointer

    init(lent pointer: OpaquePointer) { unsafe self.pointer = pointer }

    var socket: Int32 { unsafe httpd_socket(pointer) }

    var headers: [Header] {
        var found: [Header] = []
        unsafe withUnsafeMutablePointer(to: &found) { list in
            // The list is lent for the length of this call.
            _ = unsafe MHD_get_connection_values(pointer, .HEADER_KIND, appendHeader, list)
        }
        return found
    }

    /// False where the answer could not be queued; libmicrohttpd then closes the connection.
    func send(_ response: Response) -> Bool {
        guard let answer = unsafe Self.make(response.body) else { return false }
        defer { unsafe MHD_destroy_response(answer) }
        for header in response.allHeaders {
            // libmicrohttpd refuses a value with a line break in it, so no header splits an answer.
            guard unsafe MHD_add_response_header(answer, header.name, header.value) == .YES else { return false }
        }
        return unsafe MHD_queue_response(pointer, UInt32(clamping: response.status), answer) == .YES
    }

    private static func make(_ body: Response.Body) -> OpaquePointer? {
        switch body {
        case .bytes(var bytes):
            return unsafe bytes.withUnsafeMutableBytes { bytes in
                unsafe MHD_create_response_from_buffer(bytes.count, bytes.baseAddress, .RESPMEM_MUST_COPY)
            }
        }
    }
}

private let appendHeader: MHD_KeyValueIterator = { list, _, name, value in
    guard let list = unsafe list, let name = unsafe name else { return .YES }
    let value = unsafe value.map { unsafe String(cString: $0) } ?? ""
    unsafe list.assumingMemoryBound(to: [Header].self).pointee.append(Header(String(cString: name).lowercased(), value))
    return .YES
}
