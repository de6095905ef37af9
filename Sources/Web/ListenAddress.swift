import Glibc

/// Where the server listens, as the configuration and `--listen` write it: `127.0.0.1:8787`, `[::1]:8787`, `unix:/run/x.sock`
/// or `off`.
package enum ListenAddress: Hashable, Sendable {
    case off
    /// `host` is a numeric address without brackets; port 0 lets the system choose.
    case inet(host: String, port: UInt16)
    case inet6(host: String, port: UInt16)
    /// `mode` says who may connect: a write bit is needed.
    case unix(path: String, mode: UInt32 = 0o660)

    /// The kernel takes 107 bytes for a Unix socket's path; a few stay free for the name under which it is made.
    private static let longestPath = 100

    /// A text that is no address to listen on.
    package struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        package let text: String

        package var description: String {
            "\(text.debugDescription) is no address to listen on: write 127.0.0.1:8787, [::1]:8787, unix:/run/x.sock or off."
        }
    }

    package init(parsing text: String) throws(Malformed) {
        if text == "off" {
            self = .off
            return
        }
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard path.hasPrefix("/"), path.utf8.count <= Self.longestPath, !path.utf8.contains(0), !path.hasSuffix("/") else {
                throw Malformed(text: text)
            }
            self = .unix(path: path)
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = Self.port(text[text.index(after: colon)...]) else {
            throw Malformed(text: text)
        }
        let host = text[..<colon]
        if host.first == "[", host.last == "]", host.count > 2 {
            let inner = String(host.dropFirst().dropLast())
            guard Self.isNumeric(inner, family: AF_INET6) else { throw Malformed(text: text) }
            self = .inet6(host: inner, port: port)
        } else {
            guard Self.isNumeric(String(host), family: AF_INET) else { throw Malformed(text: text) }
            self = .inet(host: String(host), port: port)
        }
    }

    private static func port(_ text: Substring) -> UInt16? {
        // UInt16 itself would also take "+1" and "0080".
        UInt16(text).flatMap { String($0) == text ? $0 : nil }
    }

    private static func isNumeric(_ host: String, family: Int32) -> Bool {
        guard !host.utf8.contains(0) else { return false }
        var bytes = in6_addr()
        return unsafe inet_pton(family, host, &bytes) == 1
    }
}

extension ListenAddress: CustomStringConvertible {
    package var description: String {
        switch self {
        case .off: "off"
        case .inet(let host, let port): "\(host):\(port)"
        case .inet6(let host, let port): "[\(host)]:\(port)"
        case .unix(let path, _): "unix:\(path)"
        }
    }
}

extension ListenAddress {
    /// From the system's own form of it; nil where it is of another kind.
    init?(name: [UInt8], family: Int32) {
        // Port and host stand at the same places in every such name.
        switch family {
        case AF_INET where name.count >= 8:
            self = .inet(host: Self.text(name[4..<8], family), port: UInt16(name[2]) << 8 | UInt16(name[3]))
        case AF_INET6 where name.count >= 24:
            self = .inet6(host: Self.text(name[8..<24], family), port: UInt16(name[2]) << 8 | UInt16(name[3]))
        case AF_UNIX: self = .unix(path: String(decoding: name.dropFirst(2).prefix { $0 != 0 }, as: UTF8.self))
        default: return nil
        }
    }

    private static func text(_ host: ArraySlice<UInt8>, _ family: Int32) -> String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        _ = unsafe inet_ntop(family, Array(host), &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// 0 where there is none.
    var port: UInt16 {
        switch self {
        case .off, .unix: 0
        case .inet(_, let port), .inet6(_, let port): port
        }
    }

    /// An address as numbers, of either kind.
    static func isNumeric(_ host: String) -> Bool { isNumeric(host, family: AF_INET) || isNumeric(host, family: AF_INET6) }

    /// The same host with the port that the system chose.
    func with(port: UInt16) -> ListenAddress {
        switch self {
        case .inet(let host, _): .inet(host: host, port: port)
        case .inet6(let host, _): .inet6(host: host, port: port)
        case .off, .unix: self
        }
    }

    /// The kernel's kind of address, AF_UNSPEC where there is none.
    var family: Int32 {
        switch self {
        case .off: AF_UNSPEC
        case .inet: AF_INET
        case .inet6: AF_INET6
        case .unix: AF_UNIX
        }
    }

    /// Calls the system with the address as it wants it; -1 with `errno` set where there is none.
    func withName(_ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        switch self {
        case .off: break
        case .inet(let host, let port):
            var name = sockaddr_in()
            name.sin_family = sa_family_t(AF_INET)
            name.sin_port = port.bigEndian
            unsafe inet_pton(AF_INET, host, &name.sin_addr)
            return unsafe withUnsafeBytes(of: &name) { unsafe Self.lend($0, $0.count, call) }
        case .inet6(let host, let port):
            var name = sockaddr_in6()
            name.sin6_family = sa_family_t(AF_INET6)
            name.sin6_port = port.bigEndian
            unsafe inet_pton(AF_INET6, host, &name.sin6_addr)
            return unsafe withUnsafeBytes(of: &name) { unsafe Self.lend($0, $0.count, call) }
        case .unix(let path, _):
            var name = sockaddr_un()
            name.sun_family = sa_family_t(AF_UNIX)
            guard path.utf8.count < MemoryLayout.size(ofValue: name.sun_path) else { break }
            unsafe withUnsafeMutableBytes(of: &name.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
            // The zero behind the path counts.
            let length = MemoryLayout<sa_family_t>.size + path.utf8.count + 1
            return unsafe withUnsafeBytes(of: &name) { unsafe Self.lend($0, length, call) }
        }
        errno = EADDRNOTAVAIL
        return -1
    }

    private static func lend(_ name: UnsafeRawBufferPointer, _ length: Int, _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32
    {
        guard let start = name.baseAddress else { return -1 }
        return unsafe call(start.assumingMemoryBound(to: sockaddr.self), socklen_t(length))
    }
}
