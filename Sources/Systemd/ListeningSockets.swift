import CSystemd
import Glibc

/// A socket that listens already, handed over by the service manager.
package struct ListeningSocket: Hashable, Sendable {
    /// `FileDescriptorName=` of its unit, or the unit's own name.
    package let name: String
    package let descriptor: Int32
}

/// What the service manager has handed over (`LISTEN_FDS`). Once: the environment says nothing of it afterwards, neither here nor to
/// children. Before other threads begin: they might read the environment.
package func takeListeningSockets() throws(HandOverFault) -> [ListeningSocket] {
    var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    let count = unsafe sd_listen_fds_with_names(1, &names)
    defer {
        // The list ends with a nil.
        var next = unsafe names
        while let name = unsafe next?.pointee {
            unsafe free(name)
            unsafe next = next?.successor()
        }
        unsafe free(names)
    }
    guard count >= 0 else { throw HandOverFault(errno: -count) }
    return (0..<Int(count)).map { number in
        let name = unsafe names?[number].map { unsafe String(cString: $0) }
        return ListeningSocket(name: name ?? "", descriptor: SD_LISTEN_FDS_START + Int32(number))
    }
}

/// What was said of handed-over sockets is no sense.
package struct HandOverFault: Error, Hashable, Sendable, CustomStringConvertible {
    let errno: Int32

    package var description: String {
        let reason = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
        return
            "The service manager's sockets were not taken over: \(reason). LISTEN_FDS, LISTEN_PID or LISTEN_FDNAMES is not as it must be."
    }
}
