import Frames
import Linux

/// One reader seen from the daemon: given a file, listened to, given further files of the same reseller, and ended.
final class ReaderProcess: @unchecked Sendable {  // One run at a time has it and uses `socket`; the pool hands it on.
    private let process: ChildProcess
    private let socket: MessageSocket
    /// Its lifeline is this reader's.
    private let nursery: ReaderNursery
    /// How many files it was given.
    private(set) var files = 0

    /// ETIMEDOUT where the nursery does not answer within `patience`.
    init(from nursery: ReaderNursery, patience: Duration) throws(SystemFault) {
        let forked = try nursery.fork(patience: patience)
        process = forked.process
        socket = MessageSocket(forked.socket)
        self.nursery = nursery
    }

    func comes(from other: ReaderNursery?) -> Bool { nursery === other }

    var pid: Int32 { process.pid }

    func assign(_ job: Job, file: Descriptor) throws(SystemFault) {
        files += 1
        try socket.send(Order.read(job).encoded(), with: file)
    }

    /// The next frame, waited for; nil when the reader has closed its end.
    func next() throws -> Frame? { try socket.next().map { bytes throws(FrameFault) in try Frame(bytes) } }

    /// It has said something that nobody asked for.
    var babbles: Bool { socket.holdsMore }

    /// From any thread, at any time.
    func kill() { process.kill() }

    @discardableResult func end() -> ChildProcess.End { process.end() }
}
