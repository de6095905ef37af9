import Glibc

/// Whether a server may listen where it is told to: what goes over a network must be under TLS, ours or a proxy's.
package enum Exposure {
    /// An address that others reach without TLS.
    package struct Refused: Error, Hashable, Sendable, CustomStringConvertible {
        package let address: ListenAddress

        package var description: String {
            "\(address) is reached from other machines: give a certificate and its key, or say behind_proxy where a proxy in front speaks TLS."
        }
    }

    package static func check(_ addresses: [ListenAddress], hasTLS: Bool, isBehindProxy: Bool) throws(Refused) {
        guard !hasTLS, !isBehindProxy else { return }
        for address in addresses where !address.isLoopback { throw Refused(address: address) }
    }
}

extension ListenAddress {
    /// Nobody reaches it from another machine.
    package var isLoopback: Bool {
        switch self {
        case .off, .unix: return true
        case .inet(let host, _):
            var bytes = in_addr()
            return unsafe inet_pton(AF_INET, host, &bytes) == 1 && UInt32(bigEndian: bytes.s_addr) >> 24 == 127
        case .inet6(let host, _):
            var name = in6_addr()
            guard unsafe inet_pton(AF_INET6, host, &name) == 1 else { return false }
            let bytes = unsafe withUnsafeBytes(of: &name) { unsafe Array($0) }
            let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 255 && bytes[11] == 255
            return isMapped ? bytes[12] == 127 : bytes[..<15].allSatisfy { $0 == 0 } && bytes[15] == 1
        }
    }
}
