import CSystemd
import Glibc

/// A socket that the service manager has opened and holds open between two starts, so that no client is refused meanwhile.
package struct ActivatedSocket: Hashable, Sendable {
    /// `FileDescriptorName=` of its unit; the unit's own name, or `unknown`, where there is none.
    package let name: String
    package let descriptor: Int32

    /// sd_listen_fds(3): the first one is 3, the others follow.
    private static let first: Int32 = 3

    /// All of them, in the order of the socket units. Asked once: the environment that told of them is cleared, so that no child takes
    /// them for its own. To be asked before other threads begin, which might read the environment.
    package static func taken() throws(HandOverFault) -> [ActivatedSocket] {
        var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let count = unsafe sd_listen_fds_with_names(1, &names)
        guard count >= 0 else { throw HandOverFault(errno: -count) }
        defer { unsafe free(names) }
        return (0..<Int(count)).map { number in
            let text = unsafe names?[number]
            defer { unsafe free(text) }
            return ActivatedSocket(name: unsafe text.map { unsafe String(cString: $0) } ?? "", descriptor: first + Int32(number))
        }
    }
}

/// What was said of sockets makes no sense.
package struct HandOverFault: Error, Hashable, Sendable, CustomStringConvertible {
    let errno: Int32

    package var description: String {
        let reason = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
        return
            "The service manager's sockets were not taken over: \(reason). LISTEN_FDS, LISTEN_PID or LISTEN_FDNAMES is not as it must be."
    }
}
