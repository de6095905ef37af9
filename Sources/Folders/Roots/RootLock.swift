import CLinux
import Glibc
import Linux

/// Held while a daemon works under a root; let go when the process ends, however it ends.
package final class RootLock: Sendable {
    private let file: Descriptor

    init(ledger: Folder, root: String) throws {
        file = try ledger.open("lock", flags: O_RDWR | O_CREAT, mode: 0o600)
        let path = ledger.path(of: "lock")
        var patience = Self.looks
        while retrying({ flock(file.number, LOCK_EX | LOCK_NB) }) != 0 {
            let fault = SystemFault("flock", path: path)
            guard fault.errno == EWOULDBLOCK else { throw fault }
            let holder = Self.pid(in: file)
            guard patience > 0, let holder, Self.isGone(holder) else { throw RootTaken(root: root, pid: holder) }
            patience -= 1
            usleep(Self.pause)
        }
        guard ftruncate(file.number, 0) == 0 else { throw SystemFault("truncate", path: path) }
        try file.write("\(getpid())\n".utf8, path: path)
    }

    /// A daemon that is killed while it starts a reader leaves its lock to that process until it has become another program
    /// (flock(2): "Locks created by flock() are associated with an open file description", and fork(2) copies those).
    private static let looks = 250
    private static let pause: UInt32 = 20_000

    private static func isGone(_ pid: Int32) -> Bool { pid > 0 && kill(pid, 0) != 0 && errno == ESRCH }

    private static func pid(in file: Descriptor) -> Int32? {
        var text = [UInt8](repeating: 0, count: 32)
        guard let length = try? file.read(into: &text, at: 0) else { return nil }
        return Int32(String(decoding: text[..<length].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}

/// Another daemon works under this root.
package struct RootTaken: Error, Hashable, Sendable, CustomStringConvertible {
    package let root: String
    /// Nil where the other has not written it yet.
    package let pid: Int32?

    package var description: String {
        let who = pid.map { "selloutd with process id \($0)" } ?? "another selloutd"
        return "\(root) is in use by \(who); only one may work there at a time."
    }
}
