import Dispatch
import Linux

/// Hands over what comes from one inotify descriptor, on the given serial queue, until it is stopped.
// A dispatch source may be used from any thread; this one is only cancelled after it was made.
final class InotifyPump: @unchecked Sendable {
    let inotify: Inotify
    private let source: any DispatchSourceRead
    private let ended = DispatchSemaphore(value: 0)

    init(on queue: DispatchQueue, _ handOver: @escaping @Sendable (Result<[InotifyEvent], SystemFault>) -> Void) throws(SystemFault) {
        let inotify = try Inotify()
        self.inotify = inotify
        source = DispatchSource.makeReadSource(fileDescriptor: inotify.descriptor.number, queue: queue)
        source.setEventHandler { handOver(Result { () throws(SystemFault) in try inotify.drain() }) }
        // The descriptor must not be closed before the source has let go of it; the closure keeps it until then.
        source.setCancelHandler { [ended] in
            _ = inotify
            ended.signal()
        }
        source.resume()
    }

    deinit { source.cancel() }

    /// Returns when the last batch has been handed over.
    func stop() {
        source.cancel()
        ended.wait()
    }
}
