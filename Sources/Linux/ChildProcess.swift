import CLinux
import Glibc
import Synchronization

/// A process that this one has to wait for in the end.
package final class ChildProcess: Sendable {
    /// How it ended.
    package struct End: Hashable, Sendable {
        /// 0 where it was not a signal.
        package var signal: Int32 = 0
        package var exitCode: Int32 = 0
        package var peakMemory = 0
    }

    package let pid: pid_t
    /// Means this process even when its number has become another's, so that a late signal hits nobody else.
    private let handle: Descriptor
    private let isReaped = Atomic(false)

    /// `pid` is a child of this process that nobody has waited for yet.
    package init(_ pid: pid_t) throws(SystemFault) {
        self.pid = pid
        let number = linux_open_process(pid)
        guard number >= 0 else {
            let fault = SystemFault("pidfd_open")
            // Not waited for yet, so the number is still its own.
            _ = Glibc.kill(pid, SIGKILL)
            _ = retrying { waitpid(pid, nil, 0) }
            throw fault
        }
        handle = Descriptor(owning: number)
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    }

    /// From any thread, at any time.
    package func kill() { _ = linux_kill_process(handle.number) }

    /// The same for its process group, which it must lead; not after `end`, when the number may be another's.
    package func killGroup() { _ = Glibc.kill(-pid, SIGKILL) }

    /// False where it still runs after that time.
    package func ends(within patience: Duration) -> Bool {
        // pidfd_open(2): "the file descriptor becomes readable when the process terminates".
        var entry = pollfd(fd: handle.number, events: Int16(POLLIN), revents: 0)
        return retrying { unsafe poll(&entry, 1, Int32(clamping: patience.components.seconds * 1000)) } > 0
    }

    /// Ends it, if it has not ended by itself, and waits for it. Only the first call says how it ended.
    @discardableResult package func end() -> End {
        guard !isReaped.exchange(true, ordering: .relaxed) else { return End() }
        kill()
        var status: Int32 = 0
        var usage = rusage()
        _ = retrying { unsafe wait4(pid, &status, 0, &usage) }
        let signal = status & 0x7f
        return End(signal: signal, exitCode: signal == 0 ? status >> 8 & 0xff : 0, peakMemory: usage.ru_maxrss << 10)
    }

    deinit { end() }
}
