import CLinux
import Dispatch
import Frames
import Glibc
import Linux

/// The process from which readers are forked, seen from the daemon: it has read the profiles once, runs one thread, holds nothing
/// else, and never sees a file.
final class ReaderNursery: Sendable {
    private let process: ChildProcess
    /// Closing it kills the nursery and all readers that came from it, so it stays open as long as any of them is held.
    private let lifeline: Descriptor
    // One fork at a time: asked and answered on this queue.
    private let queue = DispatchQueue(label: "reader.nursery")
    nonisolated(unsafe) private let socket: MessageSocket
    /// After a question without an answer no later answer can be told from a late one.
    nonisolated(unsafe) private var isSound = true

    init(executable: String, profiles: [ProfileSource]) throws(SystemFault) {
        let (mine, theirs) = try MessageSocket.pair()
        let (lifeline, theirLifeline) = try MessageSocket.pair()
        self.lifeline = lifeline
        unsafe socket = MessageSocket(mine)
        process = try ChildProcess(ReaderNursery.spawn(executable, orders: theirs, lifeline: theirLifeline))
        try unsafe socket.send(Order.profiles(profiles).encoded())
    }

    deinit { process.end() }

    var pid: pid_t { process.pid }

    /// A new reader. It is our child, not the nursery's, so that we hear how it ends. ETIMEDOUT where the nursery does not answer
    /// within `patience`; then it is given up.
    func fork(patience: Duration) throws(SystemFault) -> (process: ChildProcess, socket: Descriptor) {
        let (mine, theirs) = try MessageSocket.pair()
        let answer = queue.sync { () -> Result<pid_t, SystemFault> in
            guard unsafe isSound else { return .failure(SystemFault("fork a reader", errno: EPIPE)) }
            do throws(SystemFault) {
                try unsafe socket.wait(atMost: patience)
                let number = try ask(theirs)
                guard number > 0 else { throw SystemFault("fork a reader", errno: 0 &- number) }
                return .success(number)
            } catch { return .failure(error) }
        }
        return (try ChildProcess(answer.get()), mine)
    }

    /// The reader's number, or less than zero: an errno.
    private func ask(_ theirs: Descriptor) throws(SystemFault) -> pid_t {
        do {
            try unsafe socket.send(Order.fork.encoded(), with: theirs)
            guard let answer = try unsafe socket.next() else { throw SystemFault("fork a reader", errno: EPIPE) }
            let number = Int32(truncatingIfNeeded: answer.reversed().reduce(0) { $0 << 8 | Int($1) })
            guard answer.count == 4, number != 0 else { throw SystemFault("fork a reader", errno: EPROTO) }
            return number
        } catch {
            unsafe isSound = false
            let fault = error as? SystemFault ?? SystemFault("fork a reader", errno: EPROTO)
            throw fault.errno == EAGAIN ? SystemFault("fork a reader", errno: ETIMEDOUT) : fault
        }
    }

    private static func spawn(_ executable: String, orders: Descriptor, lifeline: Descriptor) throws(SystemFault) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        unsafe posix_spawn_file_actions_adddup2(&actions, orders.number, ReaderPost.socketNumber)
        // What a reader that has been taken over would write must not look like the daemon's own words.
        for number in [STDOUT_FILENO, STDERR_FILENO] {
            unsafe posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_WRONLY, 0)
        }
        unsafe posix_spawn_file_actions_adddup2(&actions, lifeline.number, ReaderPost.lifelineNumber)
        unsafe linux_spawn_closing_from(&actions, ReaderPost.lifelineNumber + 1)
        // What the daemon ignores or blocks is not the reader's to inherit.
        var signals = sigset_t()
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        // A process group of its own, which the lifeline kills; and a terminal's Ctrl-C means the daemon alone.
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
        var pid: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = unsafe [strdup(executable), nil]
        // A crash is reported by its parent; a backtrace would start another program.
        var environment: [UnsafeMutablePointer<CChar>?] = unsafe [strdup("LANG=C.UTF-8"), strdup("SWIFT_BACKTRACE=enable=no"), nil]
        defer { unsafe (arguments + environment).forEach { unsafe free($0) } }
        let result = unsafe posix_spawn(&pid, executable, &actions, &attributes, &arguments, &environment)
        guard result == 0 else { throw SystemFault("start", path: executable, errno: result) }
        return pid
    }
}
