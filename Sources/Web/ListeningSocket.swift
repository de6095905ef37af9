import Glibc

/// Where a server listens.
package enum ListenPlace: Hashable, Sendable {
    case address(ListenAddress)
    /// A socket that listens already; the server closes it.
    case inherited(Int32)
}

/// A bound and listening socket. Made here and not by libmicrohttpd, which says nothing about why it could not bind.
struct ListeningSocket: ~Copyable {
    /// With the port that the system chose where 0 was wanted.
    let address: ListenAddress
    private var number: Int32

    init(_ place: ListenPlace) throws(WebFault) {
        switch place {
        case .address(let wanted): try self.init(making: wanted)
        case .inherited(let number): try self.init(inherited: number)
        }
    }

    private init(inherited number: Int32) throws(WebFault) {
        self.number = number
        guard let address = Self.address(of: number), Self.isListening(number) else {
            throw WebFault(
                "Listen on the socket that was handed over, number", "\(number)", errno: 0, remedy: "It is no stream socket that listens.")
        }
        self.address = address
        // libmicrohttpd would hang in a queue that has become empty.
        _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    }

    private init(making wanted: ListenAddress) throws(WebFault) {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let number = socket(wanted.family, kind, 0)
        guard number >= 0 else { throw WebFault("Open a socket for", wanted) }
        // Without it a restarted daemon waits out the connections of its predecessor.
        var yes: Int32 = 1
        unsafe setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        let isListening =
            if case .unix(let path, let mode) = wanted {
                Self.listen(number, at: path, mode)
            } else {
                unsafe wanted.withName({ unsafe bind(number, $0, $1) }) == 0 && Glibc.listen(number, SOMAXCONN) == 0
            }
        guard isListening else {
            let fault = WebFault("Listen on", wanted)
            close(number)
            throw fault
        }
        self.number = number
        address = Self.address(of: number).map { wanted.with(port: $0.port) } ?? wanted
    }

    deinit { if number >= 0 { close(number) } }

    /// Gives the descriptor away; whoever gets it closes it.
    consuming func handOver() -> Int32 {
        defer { number = -1 }
        return number
    }

    /// Takes the place of a socket that nobody listens on any more. It is made under another name and renamed, so that nobody
    /// connects before its mode is right, and nobody finds it missing.
    private static func listen(_ number: Int32, at path: String, _ mode: UInt32) -> Bool {
        var status = stat()
        if unsafe lstat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFSOCK else {
                errno = EEXIST
                return false
            }
            guard !isAnswered(path) else {
                errno = EADDRINUSE
                return false
            }
        }
        let made = ListenAddress.unix(path: path + ".new", mode: mode)
        _ = unsafe unlink(path + ".new")
        guard unsafe made.withName({ unsafe bind(number, $0, $1) }) == 0 else { return false }
        guard unsafe chmod(path + ".new", mode) == 0, Glibc.listen(number, SOMAXCONN) == 0, unsafe rename(path + ".new", path) == 0 else {
            let reason = errno
            _ = unsafe unlink(path + ".new")
            errno = reason
            return false
        }
        return true
    }

    private static func isAnswered(_ path: String) -> Bool {
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        defer { close(number) }
        // EAGAIN: someone listens, and has much to do.
        return unsafe ListenAddress.unix(path: path).withName { unsafe connect(number, $0, $1) } == 0 || errno == EAGAIN
    }

    private static func isListening(_ number: Int32) -> Bool {
        var (isListening, kind): (Int32, Int32) = (0, 0)
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard unsafe getsockopt(number, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &length) == 0,
            unsafe getsockopt(number, SOL_SOCKET, SO_TYPE, &kind, &length) == 0
        else { return false }
        return isListening != 0 && kind == Int32(SOCK_STREAM.rawValue)
    }

    private static func address(of number: Int32) -> ListenAddress? {
        var name = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let bytes = unsafe withUnsafeMutableBytes(of: &name) { bytes -> [UInt8]? in
            guard let start = bytes.baseAddress,
                unsafe getsockname(number, start.assumingMemoryBound(to: sockaddr.self), &length) == 0
            else { return nil }
            return unsafe Array(bytes)
        }
        return bytes.flatMap { ListenAddress(name: Array($0.prefix(Int(length))), family: Int32(name.ss_family)) }
    }
}

/// Why the HTTP server could not start: what was tried, where, and what the system said.
package struct WebFault: Error, Hashable, Sendable {
    package let operation: String
    package let address: String
    /// 0 where libmicrohttpd failed without saying why.
    package let errno: Int32
    private let advice: String?

    init(_ operation: String, _ address: some CustomStringConvertible, errno: Int32 = Glibc.errno, remedy: String? = nil) {
        self.operation = operation
        self.address = address.description
        self.errno = errno
        advice = remedy
    }
}

extension WebFault: CustomStringConvertible {
    package var description: String {
        let reason = errno == 0 ? nil : unsafe strerror(errno).map { unsafe String(cString: $0) }
        let what = reason.map { "\(operation) \(address): \($0)." } ?? "\(operation) \(address) failed."
        return [what, remedy].compactMap(\.self).joined(separator: " ")
    }

    var remedy: String? {
        switch errno {
        case EADDRINUSE: "Another program listens there; choose another port, or off."
        case EADDRNOTAVAIL: "This machine has no such address."
        case EEXIST: "What stands there is no socket; it is left alone."
        case ENOENT: "Make its folder first."
        case EACCES where address.hasPrefix("unix:"): "Its folder is not open to this user."
        case EACCES: "Ports below 1024 need a privilege; choose a higher one."
        case EMFILE, ENFILE: "Raise the limit of open files (LimitNOFILE=)."
        default: advice
        }
    }
}
