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
let answerRequest: MHD_AccessHandlerCallback = { context, pointer, path, method, _, piece, pieceSize, state in
    guard let reception = unsafe Reception.lent(context), let pointer = unsafe pointer, let state = unsafe state else { return .NO }
    let connection = unsafe ClientConnection(lent: pointer)
    guard let held = unsafe state.pointee else {
        guard let path = unsafe path, let method = unsafe method else { return .NO }
        let rawPath = unsafe UnsafeBufferPointer(start: path, count: strlen(path)).map { UInt8(bitPattern: $0) }
        let head = unsafe RequestHead(
            method: String(cString: method), rawPath: rawPath, rawQuery: connection.rawQuery, headers: connection.headers,
            client: connection.client)
        let exchange = Exchange(routes: reception.routes, head: head)
        unsafe state.pointee = Unmanaged.passRetained(exchange).toOpaque()
        guard case .refuse = exchange.opening else { return .YES }
        return connection.send(exchange.answer()) ? .YES : .NO
    }
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(held).takeUnretainedValue()
    if let pieceSize = unsafe pieceSize, unsafe pieceSize.pointee > 0 {
        guard let piece = unsafe piece else { return .NO }
        let isTaken = unsafe exchange.take(UnsafeRawBufferPointer(start: piece, count: pieceSize.pointee).bytes)
        unsafe pieceSize.pointee = 0
        return isTaken ? .YES : .NO
    }
    return connection.send(exchange.answer()) ? .YES : .NO
}

let requestCompleted: MHD_RequestCompletedCallback = { context, pointer, state, _ in
    if let state = unsafe state, let held = unsafe state.pointee {
        let exchange = unsafe Unmanaged<Exchange>.fromOpaque(held).takeRetainedValue()
        exchange.end()
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

    /// As it came, put together again from what libmicrohttpd has parted at `&` and `=`.
    var rawQuery: [UInt8] {
        var found: [[UInt8]] = []
        unsafe withUnsafeMutablePointer(to: &found) { list in
            _ = unsafe MHD_get_connection_values(pointer, .GET_ARGUMENT_KIND, appendArgument, list)
        }
        return Array(found.joined(separator: [UInt8(ascii: "&")]))
    }

    /// The numeric address of the other end, `local` on a Unix socket.
    var client: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard unsafe httpd_client(pointer, &text, text.count) != 0 else { return "local" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
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
        case .file(let file, let size):
            // libmicrohttpd closes the descriptor that it gets.
            let own = fcntl(file.number, F_DUPFD_CLOEXEC, 3)
            guard own >= 0 else { return nil }
            return unsafe MHD_create_response_from_fd64(UInt64(clamping: size), own)
        }
    }
}

private let appendHeader: MHD_KeyValueIterator = { list, _, name, value in
    guard let list = unsafe list, let name = unsafe name else { return .YES }
    let value = unsafe value.map { unsafe String(cString: $0) } ?? ""
    unsafe list.assumingMemoryBound(to: [Header].self).pointee.append(Header(String(cString: name).lowercased(), value))
    return .YES
}

private let appendArgument: MHD_KeyValueIterator = { list, _, name, value in
    guard let list = unsafe list, let name = unsafe name else { return .YES }
    var bytes = unsafe UnsafeBufferPointer(start: name, count: strlen(name)).map { UInt8(bitPattern: $0) }
    if let value = unsafe value {
        bytes.append(UInt8(ascii: "="))
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: value, count: strlen(value)).map { UInt8(bitPattern: $0) })
    }
    unsafe list.assumingMemoryBound(to: [[UInt8]].self).pointee.append(bytes)
    return .YES
}
