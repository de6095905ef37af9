import Glibc

/// A bound and listening socket. Made here and not by libmicrohttpd, which says nothing about why it could not bind.
struct ListeningSocket: ~Copyable {
    /// The one that the system chose where 0 was wanted.
    let port: UInt16
    private let number: Int32

    init(_ wanted: ListenAddress) throws(WebFault) {
        let family = if case .inet6 = wanted { AF_INET6 } else { AF_INET }
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let number = socket(family, kind, 0)
        guard number >= 0 else { throw WebFault("Open a socket for", wanted) }
        // Without it a restarted daemon waits out the connections of its predecessor.
        var yes: Int32 = 1
        unsafe setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard Self.bind(number, to: wanted) == 0, listen(number, SOMAXCONN) == 0 else {
            let fault = WebFault("Listen on", wanted)
            close(number)
            throw fault
        }
        self.number = number
        port = Self.port(of: number)
    }

    deinit { close(number) }

    /// Gives the descriptor away; whoever gets it closes it.
    consuming func handOver() -> Int32 {
        let given = number
        discard self
        return given
    }

    private static func bind(_ number: Int32, to address: ListenAddress) -> Int32 {
        switch address {
        case .off:
            errno = EADDRNOTAVAIL
            return -1
        case .inet(let host, let port):
            var name = sockaddr_in()
            name.sin_family = sa_family_t(AF_INET)
            name.sin_port = port.bigEndian
            unsafe inet_pton(AF_INET, host, &name.sin_addr)
            return unsafe withUnsafeBytes(of: &name) { unsafe bind(number, $0) }
        case .inet6(let host, let port):
            var name = sockaddr_in6()
            name.sin6_family = sa_family_t(AF_INET6)
            name.sin6_port = port.bigEndian
            unsafe inet_pton(AF_INET6, host, &name.sin6_addr)
            return unsafe withUnsafeBytes(of: &name) { unsafe bind(number, $0) }
        }
    }

    private static func bind(_ number: Int32, _ name: UnsafeRawBufferPointer) -> Int32 {
        guard let start = name.baseAddress else { return -1 }
        return unsafe Glibc.bind(number, start.assumingMemoryBound(to: sockaddr.self), socklen_t(name.count))
    }

    private static func port(of number: Int32) -> UInt16 {
        // The port stands at the same place in both kinds of address.
        var name = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        _ = unsafe withUnsafeMutableBytes(of: &name) { bytes in
            unsafe bytes.baseAddress.map { unsafe getsockname(number, $0.assumingMemoryBound(to: sockaddr.self), &length) }
        }
        return UInt16(bigEndian: name.sin6_port)
    }
}

/// Why the HTTP server could not start: what was tried, where, and what the system said.
package struct WebFault: Error, Hashable, Sendable {
    package let operation: String
    package let address: String
    /// 0 where libmicrohttpd failed without saying why.
    package let errno: Int32

    init(_ operation: String, _ address: ListenAddress, errno: Int32 = Glibc.errno) {
        self.operation = operation
        self.address = address.description
        self.errno = errno
    }
}

extension WebFault: CustomStringConvertible {
    package var description: String {
        guard errno != 0 else { return "\(operation) \(address) failed." }
        let reason = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
        return ["\(operation) \(address): \(reason).", remedy].compactMap(\.self).joined(separator: " ")
    }

    var remedy: String? {
        switch errno {
        case EADDRINUSE: "Another program listens there; choose another port, or off."
        case EADDRNOTAVAIL: "This machine has no such address."
        case EACCES: "Ports below 1024 need a privilege; choose a higher one."
        case EMFILE, ENFILE: "Raise the limit of open files (LimitNOFILE=)."
        default: nil
        }
    }
}
