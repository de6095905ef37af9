import CLinux
import Glibc
import Linux

extension Root {
    /// Inboxes and outboxes from which nothing could be renamed into the spool, because they lie on another file system or
    /// behind a mount of their own (rename(2): "EXDEV … even if the same filesystem is mounted on both"). What cannot be opened
    /// now is told of by whoever needs it.
    func foldersElsewhere(_ inboxes: [Inbox]) throws(SystemFault) -> [String] {
        let ours = try mount(of: spool.folder)
        var folders = [archive.folder]
        if let drops = try? openDrops() { folders.append(drops.handed) }
        for inbox in inboxes {
            if let folder = try? open(inbox) { folders.append(folder) }
            if inbox.mode == .append, let outbox = try? openOutbox(of: inbox.sender) { folders.append(outbox) }
        }
        var elsewhere: [String] = []
        for folder in folders where try mount(of: folder) != ours { elsewhere.append(folder.path) }
        return elsewhere
    }

    /// The kind of file system under the root, where its changes may come from other machines without any event here.
    /// ("Inotify reports only events that a user-space program triggers through the filesystem API. As a result, it does not
    /// catch remote events that occur on network filesystems." inotify(7))
    var remoteFileSystem: String? {
        switch linux_file_system_kind(folder.descriptor.number) {
        case 0x6969: "NFS"
        case 0xFF53_4D42, 0xFE53_4D42, 0x517B: "SMB"
        case 0x6573_5546: "FUSE"
        case 0x0102_1997: "9P"
        default: nil
        }
    }

    private struct Mount: Equatable {
        let device: UInt64
        /// The kernel's number for the mount, from proc_pid_fdinfo(5).
        let number: String?
    }

    private func mount(of folder: Folder) throws(SystemFault) -> Mount {
        let device = try FileStatus(of: folder.descriptor, path: folder.path).fingerprint.device
        var about = [UInt8](repeating: 0, count: 1024)
        guard let file = try? Descriptor(opening: "/proc/self/fdinfo/\(folder.descriptor.number)", flags: O_RDONLY),
            let length = try? file.read(into: &about, at: 0)
        else { return Mount(device: device, number: nil) }
        let lines = String(decoding: about[..<length], as: UTF8.self).split(separator: "\n")
        return Mount(device: device, number: lines.first { $0.hasPrefix("mnt_id:") }.map { String($0) })
    }
}
