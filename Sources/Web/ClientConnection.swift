import CMicrohttpd
import Glibc

/// libmicrohttpd's connection. Lent for the length of a callback, and while it is held; then any thread may release it.
@safe struct ClientConnection: @unchecked Sendable {  // libmicrohttpd's own locks guard what other threads call here.
    private let pointer: OpaquePointer

    init(lent pointer: OpaquePointer) { unsafe self.pointer = pointer }

    var socket: Int32 { unsafe httpd_socket(pointer) }

    /// What `connectionChanged` has put there.
    var guest: Guest? {
        guard let held = unsafe httpd_guest(pointer) else { return nil }
        return unsafe Unmanaged<Guest>.fromOpaque(held).takeUnretainedValue()
    }

    /// Nothing happens to it until it is released.
    func hold() { unsafe MHD_suspend_connection(pointer) }
    func release() { unsafe MHD_resume_connection(pointer) }
    /// For the connection's own thread.
    var isHeld: Bool { unsafe httpd_is_held(pointer) != 0 }

    var headers: [Header] {
        var found: [Header] = []
        unsafe withUnsafeMutablePointer(to: &found) { list in
            // The list is lent for the length of this call.
            _ = unsafe MHD_get_connection_values(pointer, .HEADER_KIND, appendHeader, list)
        }
        return found
    }

    /// The numeric address of the other end, `local` on a Unix socket.
    var client: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard unsafe httpd_client(pointer, &text, text.count) != 0 else { return "local" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The same as a number, of IPv6 the network; nil on a Unix socket.
    var address: UInt64? {
        let number = unsafe httpd_client_network(pointer)
        return number == 0 ? nil : number
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

    /// Writes the answer past libmicrohttpd and says that nothing follows it. Only where the answer is small, the connection is not
    /// encrypted, and libmicrohttpd has nothing to write on it: none of this request's answer, and no `100 Continue`.
    func sendEarly(_ response: Response) -> Bool {
        guard case .bytes(let body) = response.body, body.count <= 16 << 10, unsafe httpd_is_encrypted(pointer) == 0 else { return false }
        var text = "HTTP/1.1 \(response.status) \(unsafe String(cString: MHD_get_reason_phrase_for(UInt32(clamping: response.status))))\r\n"
        for header in response.allHeaders + [Header("Connection", "close"), Header("Content-Length", String(body.count))] {
            text += "\(header.name): \(header.value)\r\n"
        }
        let bytes = Array((text + "\r\n").utf8) + body
        // Half an answer is none, and nothing can follow it.
        return unsafe bytes.withUnsafeBytes { bytes in unsafe httpd_send_last(socket, bytes.baseAddress, bytes.count) } > 0
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
