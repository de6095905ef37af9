import CLinux
import Glibc

/// A system call that failed: what was tried, on what, what the kernel said, and what a person can do about it.
package struct SystemFault: Error, Hashable, Sendable {
    package let operation: String
    /// Printable; empty where the call has no path.
    package let path: String
    package let errno: Int32

    package init(_ operation: String, path: String = "", errno: Int32 = Glibc.errno) {
        self.operation = operation
        self.path = path
        self.errno = errno
    }

    package var remedy: String? {
        switch errno {
        case ENOSPC, EDQUOT: "Make room on that file system; work goes on by itself."
        case EROFS: "Mount the file system writable."
        case EACCES, EPERM: "Check the owner and mode of the folder."
        case EMFILE, ENFILE: "Raise the limit of open files (LimitNOFILE=)."
        case EXDEV: "Inboxes, outboxes and the spool must lie on one file system."
        default: nil
        }
    }
}

extension SystemFault: CustomStringConvertible {
    package var description: String {
        let reason = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
        let what = path.isEmpty ? "\(operation): \(reason)." : "\(operation) \(path): \(reason)."
        return remedy.map { "\(what) \($0)" } ?? what
    }
}
