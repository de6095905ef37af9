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
        var start = ChildStart(executable)
        // A crash is reported by its parent; a backtrace would start another program.
        start.environment = ["LANG=C.UTF-8", "SWIFT_BACKTRACE=enable=no"]
        start.given = [(orders, ReaderPost.socketNumber), (lifeline, ReaderPost.lifelineNumber)]
        // What a reader that has been taken over would write must not look like the daemon's own words.
        start.silent = [STDOUT_FILENO, STDERR_FILENO]
        return try start.spawn()
    }
}
