import Glibc

/// Where the server listens, as the configuration and `--listen` write it: `127.0.0.1:8787`, `[::1]:8787` or `off`.
package enum ListenAddress: Hashable, Sendable {
    case off
    /// `host` is a numeric address without brackets; port 0 lets the system choose.
    case inet(host: String, port: UInt16)
    case inet6(host: String, port: UInt16)

    /// A text that is no address to listen on.
    package struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        package let text: String

        package var description: String {
            "\(text.debugDescription) is no address to listen on: write 127.0.0.1:8787, [::1]:8787 or off."
        }
    }

    package init(parsing text: String) throws(Malformed) {
        if text == "off" {
            self = .off
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
        }
    }
}

extension ListenAddress {
    /// The same host with the port that the system chose.
    func with(port: UInt16) -> ListenAddress {
        switch self {
        case .off: .off
        case .inet(let host, _): .inet(host: host, port: port)
        case .inet6(let host, _): .inet6(host: host, port: port)
        }
    }
}
