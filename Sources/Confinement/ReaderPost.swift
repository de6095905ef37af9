import CLinux
import Frames
import Glibc
import Linux
import Sellout

/// The other side of the socket: what the nursery and the readers that are forked from it hear and say.
package final class ReaderPost {
    static let socketNumber: Int32 = 0
    static let lifelineNumber: Int32 = 3
    private let socket = MessageSocket(Descriptor(owning: socketNumber))

    package init() {}

    /// Nothing that comes from the nursery outlives the daemon: it would use the machine for an answer that nobody waits for.
    package func dieWithDaemon() throws(SystemFault) {
        guard linux_die_with_other_end(ReaderPost.lifelineNumber) == 0 else { throw SystemFault("fcntl(F_SETOWN)") }
    }

    /// The next order, and the file that came with it; nil when the daemon is gone.
    package func receive() throws -> (order: Order, file: Descriptor?)? {
        guard let message = try socket.nextOrder() else { return nil }
        return (try Order(message.bytes), message.file)
    }

    package func send(_ frame: Frame) throws {
        let bytes = frame.encoded()
        guard bytes.count <= Frame.longest else {
            throw FileRefusal(.limitExceeded, "A row of this file is too large to be read.")
        }
        try socket.write(bytes)
    }

    /// Forks a reader for each order to do so. Returns in each reader, true, with the post at its own socket; and in the nursery,
    /// false, when the daemon is gone.
    package func isReader() throws -> Bool {
        while let (order, file) = try receive() {
            guard case .fork = order, let file else { return false }
            let pid = linux_fork_for_parent()
            if pid == 0 {
                guard dup2(file.number, ReaderPost.socketNumber) == ReaderPost.socketNumber else { exit(4) }
                return true
            }
            let answer = UInt32(bitPattern: pid > 0 ? pid : 0 &- errno)
            try socket.write([4, 0, 0, 0] + (0..<4).map { UInt8(truncatingIfNeeded: answer >> (8 * $0)) })
        }
        return false
    }
}
