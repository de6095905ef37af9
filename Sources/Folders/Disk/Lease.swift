import CLinux
import Glibc
import Linux

/// A read lease on an open file: the kernel grants it only while nobody has the file open for writing, and makes whoever
/// opens it for writing afterwards wait until we let go (fcntl(2), "Leases").
final class Lease {
    enum Answer {
        case granted(Lease)
        /// Somebody has the file open for writing.
        case writerHasItOpen
        /// Not our file and no CAP_LEASE, or a file system without leases.
        case notToBeHad
    }

    private let file: Descriptor

    private init(on file: Descriptor) { self.file = file }

    deinit { _ = linux_set_lease(file.number, F_UNLCK) }

    static func ask(for file: Descriptor) -> Answer {
        if linux_set_lease(file.number, F_RDLCK) == 0 { return .granted(Lease(on: file)) }
        return errno == EAGAIN ? .writerHasItOpen : .notToBeHad
    }

    /// True once somebody wants to write: the kernel then names the kind of lease that we ought to go down to.
    var isBeingBroken: Bool { linux_get_lease(file.number) != F_RDLCK }

    /// The kernel tells of a broken lease by SIGIO, "whose default action is to terminate the process"; we ask instead.
    /// To be called once, before the first claim.
    static func ignoreSignals() { signal(SIGIO, SIG_IGN) }
}
