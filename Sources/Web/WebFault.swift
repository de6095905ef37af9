import Glibc

/// Why the HTTP server could not be had: what was tried, where, and what the system said.
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
