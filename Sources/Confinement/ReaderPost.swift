import CLinux
import Frames
import Glibc
import Linux
import Sellout

/// The reader's own end: orders on its standard input, frames on its standard output.
package final class ReaderPost {
    private let orders = Descriptor(owning: 0)
    private let frames = Descriptor(owning: 1)

    package init() {}

    /// A reader outlives its daemon by nothing: it would go on using the machine for an answer that nobody waits for. The kernel's
    /// own way, PR_SET_PDEATHSIG, means the thread that started us, and the daemon's threads come and go.
    package func dieWithDaemon() throws(SystemFault) {
        guard linux_die_with_other_end(orders.number) == 0 else { throw SystemFault("fcntl(F_SETOWN)") }
    }

    /// Takes effect with the last order, since a further one would be a signal too.
    package func expectNoMoreOrders() throws(SystemFault) {
        guard linux_nothing_more_is_to_come(orders.number) == 0 else { throw SystemFault("fcntl(O_ASYNC)") }
    }

    /// The next order, and the file that came with it; nil when the daemon is gone.
    package func receive() throws -> (order: Order, file: Descriptor?)? {
        guard let head = try orders.receive(4) else { return nil }
        var count = 0
        for index in 0..<4 { count |= Int(head.bytes[index]) << (8 * index) }
        guard count <= Frame.longest, let body = try orders.receive(count) else { return nil }
        return (try Order(body.bytes), head.file ?? body.file)
    }

    package func send(_ frame: Frame) throws {
        let bytes = frame.encoded()
        guard bytes.count <= Frame.longest else {
            throw FileRefusal(.limitExceeded, "A row of this file is too large to be read.")
        }
        try frames.write(bytes)
    }
}
