import Dispatch
import Linux
import Synchronization

/// Hands over what comes from one inotify descriptor, on the given serial queue, until it is stopped.
// A dispatch source may be used from any thread; this one is only cancelled after it was made.
final class InotifyPump: @unchecked Sendable {
    /// Emptied when the source has let go of the descriptor, which must not be closed before.
    private final class Holder: Sendable {
        let inotify: Mutex<Inotify?>
        init(_ inotify: Inotify) { self.inotify = Mutex(inotify) }
    }

    private let holder: Holder
    private let source: any DispatchSourceRead
    private let ended = DispatchSemaphore(value: 0)

    init(on queue: DispatchQueue, _ handOver: @escaping @Sendable (Result<[InotifyEvent], SystemFault>) -> Void) throws(SystemFault) {
        let inotify = try Inotify()
        let holder = Holder(inotify)
        self.holder = holder
        source = DispatchSource.makeReadSource(fileDescriptor: inotify.descriptor.number, queue: queue)
        source.setEventHandler {
            guard let inotify = holder.inotify.withLock({ $0 }) else { return }
            handOver(Result { () throws(SystemFault) in try inotify.drain() })
        }
        source.setCancelHandler { [ended] in
            holder.inotify.withLock { $0 = nil }
            ended.signal()
        }
        source.resume()
    }

    deinit { source.cancel() }

    /// Nil once it was stopped.
    var inotify: Inotify? { holder.inotify.withLock { $0 } }

    /// Returns when the last batch has been handed over and the descriptor is closed.
    func stop() {
        source.cancel()
        ended.wait()
    }
}
