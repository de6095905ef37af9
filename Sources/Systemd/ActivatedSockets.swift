import CSystemd
import Glibc

/// Sockets that the service manager has opened and holds open between two starts, so that no client is refused meanwhile.
package enum ActivatedSockets {
    /// sd_listen_fds(3): the first one is 3, the others follow.
    private static let first: Int32 = 3

    /// Their descriptors, in the order of the socket unit. Asked once: the environment that told of them is cleared, so that no child takes
    /// them for its own.
    package static func take() -> [Int32] {
        let count = sd_listen_fds(1)
        return count > 0 ? (first..<first + count).filter { isListening($0) } : []
    }

    private static func isListening(_ descriptor: Int32) -> Bool { sd_is_socket(descriptor, 0, Int32(SOCK_STREAM.rawValue), 1) > 0 }
}
