import CLinux
import Glibc
import Linux

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

    private static let bufferLength = 256 * 1024
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
