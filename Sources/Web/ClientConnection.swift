import CMicrohttpd
import Foundation

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
            // A value with a line break in it is refused here, which is what we want: no header splits an answer.
            guard unsafe MHD_add_response_header(answer, header.name, header.value) == .YES else { return false }
        }
        return unsafe MHD_queue_response(pointer, UInt32(clamping: response.status), answer) == .YES
    }

    private static func make(_ body: Response.Body) -> OpaquePointer? {
        switch body {
        case .bytes(let data):
            var copy = data
            return unsafe copy.withUnsafeMutableBytes { bytes in
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
