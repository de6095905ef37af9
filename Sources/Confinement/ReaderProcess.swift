import CLinux
import Frames
import Glibc
import Linux
import Synchronization

/// One `selloutd-reader`: started, told the profiles, given one file, listened to, and reaped. Used by one thread at a time;
/// only `kill` may come from another.
package final class ReaderProcess: Sendable {
    /// How it ended.
    package struct End: Hashable, Sendable {
        /// 0 where it was not a signal.
        package let signal: Int32
        package let exitCode: Int32
        package let peakMemory: Int
    }

    package let pid: pid_t
    private let orders: Descriptor
    private let frames: FrameStream
    private let isReaped = Mutex(false)

    package init(executable: String, profiles: [ProfileSource]) throws(SystemFault) {
        var sockets: [Int32] = [-1, -1]
        guard unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &sockets) == 0 else {
            throw SystemFault("socketpair")
        }
        orders = Descriptor(owning: sockets[0])
        let theirOrders = Descriptor(owning: sockets[1])
        var pipes: [Int32] = [-1, -1]
        guard unsafe linux_pipe(&pipes) == 0 else { throw SystemFault("pipe") }
        frames = FrameStream(reading: Descriptor(owning: pipes[0]))
        let theirFrames = Descriptor(owning: pipes[1])
        frames.widen()
        pid = try ReaderProcess.spawn(executable, standardInput: theirOrders, standardOutput: theirFrames)
        do {
            try orders.send(Order.profiles(profiles).encoded())
        } catch {
            _ = end()
            throw error
        }
    }

    private static func spawn(_ executable: String, standardInput: Descriptor, standardOutput: Descriptor) throws(SystemFault) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        unsafe posix_spawn_file_actions_adddup2(&actions, standardInput.number, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, standardOutput.number, 1)
        unsafe linux_spawn_closing_from(&actions, 3)
        // What the daemon ignores or blocks is not the reader's to inherit.
        var signals = sigset_t()
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var pid: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = unsafe [strdup(executable), nil]
        // A crash is reported by its parent; a backtrace would start another program.
        var environment: [UnsafeMutablePointer<CChar>?] = unsafe [strdup("LANG=C.UTF-8"), strdup("SWIFT_BACKTRACE=enable=no"), nil]
        defer { unsafe (arguments + environment).forEach { unsafe free($0) } }
        let result = unsafe posix_spawn(&pid, executable, &actions, &attributes, &arguments, &environment)
        guard result == 0 else { throw SystemFault("start", path: executable, errno: result) }
        return pid
    }

    /// Hands over the one file.
    package func assign(_ job: Job, file: Descriptor) throws(SystemFault) {
        try orders.send(Order.read(job).encoded(), with: file)
    }

    /// The next frame, waited for; nil when the reader has closed its end.
    package func next() throws -> Frame? {
        try frames.next().map { bytes throws(FrameFault) in try Frame(bytes) }
    }

    /// Harmless once it has been reaped: its number may be another's by then.
    package func kill() {
        isReaped.withLock { if !$0 { Glibc.kill(pid, SIGKILL) } }
    }

    /// Ends it, if it has not ended by itself, and reaps it. Only the first call says how it ended.
    @discardableResult package func end() -> End {
        kill()
        var status: Int32 = 0
        var usage = rusage()
        isReaped.withLock {
            guard !$0 else { return }
            $0 = true
            _ = retrying { unsafe wait4(pid, &status, 0, &usage) }
        }
        let signal = status & 0x7f
        return End(signal: signal, exitCode: signal == 0 ? status >> 8 & 0xff : 0, peakMemory: usage.ru_maxrss << 10)
    }

    /// Nobody needs it any more, a spare for instance whose pool is gone; it must not stay behind as a zombie.
    deinit { end() }
}
