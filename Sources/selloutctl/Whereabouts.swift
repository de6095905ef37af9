import Calling
import Foundation
import Glibc
import Ledger
import Linux
import Operations

/// Where the folders and the profiles are.
struct Whereabouts: Sendable {
    let root: String
    let profiles: String

    /// Options come first, then the environment. `remembered` is what the ledger at a path knows of its daemon.
    init(_ arguments: Arguments, environment: [String: String], remembered: (_ ledger: String) -> DaemonsFolders?) {
        func told(_ option: String, _ variable: String) -> String? {
            arguments.value(option) ?? environment[variable].flatMap { $0.isEmpty ? nil : $0 }
        }
        let root = told("root", "SELLOUT_ROOT") ?? "/srv/sellout"
        self.root = root
        profiles =
            told("profiles", "SELLOUT_PROFILES") ?? remembered(Whereabouts.ledger(of: root))?.profiles(seenFrom: root)
            ?? "/etc/selloutd/resellers"
    }

    private static func ledger(of root: String) -> String { root + "/.ledger/ledger.db" }

    /// The ledger's file. Where there is none, a sentence that says so; nothing is created unless `mayCreate`, and then an
    /// empty one.
    func ledgerPath(mayCreate: Bool) throws(Refused) -> String {
        if try isThere(for: R_OK | W_OK) { return path }
        guard mayCreate else { throw noLedger }
        if unsafe mkdir(folder, 0o700) != 0 {
            guard errno == EEXIST else { throw notAllowed(folder, errno) }
        } else {
            handOver(folder, likeOwnerOf: root)
        }
        return try emptyLedger(path, in: folder)
    }

    /// The ledger's file for who changes nothing.
    func readableLedgerPath() throws(Refused) -> String {
        guard try isThere(for: R_OK) else { throw noLedger }
        return path
    }

    /// With which sellout-web signs its tokens.
    var tokenKey: String { folder + "/web.key" }

    private var folder: String { root + "/.ledger" }
    private var path: String { Whereabouts.ledger(of: root) }

    private func isThere(for rights: Int32) throws(Refused) -> Bool {
        if unsafe access(path, rights) == 0 { return true }
        let reason = errno
        guard reason == ENOENT || reason == ENOTDIR else { throw notAllowed(path, reason) }
        guard unsafe access(root, F_OK) == 0 else { throw Refused(.unknown, "There is no folder \(root): check --root.") }
        return false
    }

    private var noLedger: Refused { Refused(.unknown, "There is no ledger at \(path) yet: start selloutd once, or check --root.") }

    /// SQLite makes a ledger of an empty file, and gives the files beside it the same owner and mode. So a first import with sudo
    /// does not leave a ledger behind that the daemon's user, or the HTTP side's, cannot open.
    private func emptyLedger(_ path: String, in folder: String) throws(Refused) -> String {
        do throws(SystemFault) {
            let file = try Descriptor(opening: path, flags: O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, mode: 0o600)
            try Sharing(ofFolder: folder).take(file, groupMay: .write, path: path)
        } catch { throw notAllowed(path, error.errno) }
        return path
    }

    /// Only root can, and only for root is it needed.
    private func handOver(_ path: String, likeOwnerOf folder: String) {
        var status = stat()
        guard geteuid() == 0, unsafe stat(folder, &status) == 0, status.st_uid != 0 else { return }
        _ = unsafe lchown(path, status.st_uid, status.st_gid)
    }

    private func notAllowed(_ path: String, _ number: Int32) -> Refused {
        let reason = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
        let advice = number == EACCES || number == EPERM ? " Run it as the daemon's user or with sudo." : ""
        return Refused(.surroundings, "\(path): \(reason).\(advice)")
    }
}

extension DaemonsFolders {
    /// A root that was moved, or that is seen under another path, may have taken along what stood beside it or in it.
    fileprivate func profiles(seenFrom root: String) -> String {
        func parent(_ path: String) -> String { (path as NSString).deletingLastPathComponent }
        let here = URL(fileURLWithPath: root).standardizedFileURL.path
        let neighbours = parent(self.root)
        guard here != self.root, neighbours != "/", profiles.hasPrefix(neighbours + "/") else { return profiles }
        // What lies in the root itself has moved with it, whatever its folder is called.
        let isInside = profiles.hasPrefix(self.root + "/")
        let moved = isInside ? here + profiles.dropFirst(self.root.count) : parent(here) + profiles.dropFirst(neighbours.count)
        return FileManager.default.fileExists(atPath: moved) ? moved : profiles
    }
}
