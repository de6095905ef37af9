import Foundation
import Glibc

/// Small and read-only file systems, where this process may mount them.
enum Mount {
    static let arePermitted: Bool = {
        let place = NSTemporaryDirectory() + "mount-\(UUID())"
        guard unsafe mkdir(place, 0o700) == 0 else { return false }
        defer { unsafe rmdir(place) }
        guard memory(at: place, megabytes: 1) else { return false }
        remove(place)
        return true
    }()

    static func memory(at path: String, megabytes: Int) -> Bool {
        mounted(path, path, "tmpfs", 0, "size=\(megabytes)m,mode=755")
    }

    static func readOnly(_ path: String) -> Bool {
        guard mounted(path, path, "none", UInt(MS_BIND), "") else { return false }
        return mounted("none", path, "none", UInt(MS_BIND | MS_REMOUNT | MS_RDONLY), "")
    }

    static func remove(_ path: String) { _ = unsafe umount2(path, Int32(MNT_DETACH)) }

    /// Writes until nothing more goes in.
    static func fill(_ path: String) {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        for size in [65_536, 4096, 1] {
            let bytes = [UInt8](repeating: 1, count: size)
            while unsafe bytes.withUnsafeBytes({ unsafe write(file, $0.baseAddress, $0.count) }) > 0 {}
        }
    }

    private static func mounted(_ source: String, _ path: String, _ kind: String, _ flags: UInt, _ options: String) -> Bool {
        unsafe options.withCString { unsafe mount(source, path, kind, flags, $0) } == 0
    }
}
