import CLinux
import Glibc
import Linux

/// Tells a death by the program's own fault from one by a kill, by the service manager's watchdog or by a power cut: a trap leaves
/// a byte in `.ledger/crashed` before the process ends. Only the first kind counts against the files that were being read.
struct CrashMark {
    /// A signal handler may touch no state; a number that is always the same is none.
    private static let descriptor: Int32 = 199

    /// The process before this one died by its own fault.
    let wasLeft: Bool

    init(in folder: String) throws(SystemFault) {
        let path = folder + "/crashed"
        // Whoever may write into the folder is led nowhere by a link of theirs.
        let file = try Descriptor(opening: path, flags: O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o600)
        var status = stat()
        guard unsafe fstat(file.number, &status) == 0 else { throw SystemFault("fstat", path: path) }
        wasLeft = status.st_size > 0
        guard dup2(file.number, CrashMark.descriptor) >= 0, fcntl(CrashMark.descriptor, F_SETFD, FD_CLOEXEC) == 0 else {
            throw SystemFault("dup2", path: path)
        }
    }

    /// From now on a trap leaves the mark. Called when what the last mark said is in the ledger.
    func arm() {
        ftruncate(CrashMark.descriptor, 0)
        var action = sigaction()
        action.sa_flags = Int32(SA_SIGINFO)
        unsafe action.__sigaction_handler.sa_sigaction = { number, told, _ in
            // The watchdog's SIGABRT, and whatever else somebody sends, is not the fault of what was being read.
            // Nor is SIGBUS: of files only the ledger's -shm is mapped, and somebody has cut it short.
            if let told = unsafe told, unsafe linux_is_own_fault(told) != 0, number != SIGBUS { CrashMark.leave() }
            signal(number, SIG_DFL)
            raise(number)
        }
        for number in [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGSYS] { unsafe sigaction(number, &action, nil) }
    }

    /// Also for an end that the program chooses because a promise was broken.
    static func leave() {
        var byte: UInt8 = 1
        _ = unsafe Glibc.write(descriptor, &byte, 1)
    }
}
