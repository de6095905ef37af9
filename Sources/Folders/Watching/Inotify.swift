import CLinux
import Dispatch
import Glibc
import Linux
import Synchronization

/// Owns one inotify descriptor.
final class Inotify: Sendable {
    let descriptor: Descriptor

    init() throws(SystemFault) {
        let number = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard number >= 0 else { throw SystemFault("inotify_init") }
        descriptor = Descriptor(owning: number)
    }

    /// Watches exactly this open folder, whatever bears its path by now. A folder that is watched already keeps its watch.
    func watch(_ folder: Folder, for kinds: InotifyEvent.Kinds) throws(SystemFault) -> Int32 {
        let watch = unsafe inotify_add_watch(descriptor.number, "/proc/self/fd/\(folder.descriptor.number)", kinds.rawValue)
        guard watch >= 0 else { throw SystemFault("inotify_add_watch", path: folder.path) }
        return watch
    }

    func unwatch(_ watch: Int32) { _ = inotify_rm_watch(descriptor.number, watch) }

    /// Everything that waits in the queue, up to what one buffer holds; empty where nothing does.
    func drain() throws(SystemFault) -> [InotifyEvent] {
        var buffer = [UInt8](repeating: 0, count: Self.bufferLength)
        guard let length = try descriptor.readAvailable(into: &buffer, path: "inotify") else { return [] }
        return InotifyEvent.all(in: buffer[..<length])
    }

    private static let bufferLength = 64 * 1024
}

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

extension SystemFault {
    /// What inotify's limits, whose errors speak of disks and files, really mean. (inotify(7), "/proc interfaces")
    var inotifyReason: String {
        let setting: String
        switch (operation, errno) {
        case ("inotify_add_watch", ENOSPC): setting = "max_user_watches"
        case ("inotify_init", EMFILE): setting = "max_user_instances"
        default: return "\(self) Files are found by the sweep, once a minute."
        }
        return "The limit fs.inotify.\(setting) is reached; raise it with sysctl. Until then files are found by the sweep, once a minute."
    }
}
