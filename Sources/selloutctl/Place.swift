import Glibc
import Operations

/// Where the folders and the profiles are.
struct Place: Sendable {
    let root: String
    let profiles: String

    init(_ arguments: Arguments, environment: [String: String]) {
        root = arguments.value("root") ?? environment["SELLOUT_ROOT"].flatMap { $0.isEmpty ? nil : $0 } ?? "/srv/sellout"
        profiles = arguments.value("profiles") ?? "/etc/selloutd/resellers"
    }

    /// The ledger's file. Where there is none, a sentence that says so; nothing is created unless `mayCreate`, and then only
    /// its folder: the ledger itself is made by opening it.
    func ledgerPath(mayCreate: Bool) throws(Refused) -> String {
        let folder = root + "/.ledger"
        let path = folder + "/ledger.db"
        if unsafe access(path, R_OK | W_OK) == 0 { return path }
        let reason = errno
        guard reason == ENOENT || reason == ENOTDIR else { throw notAllowed(path, reason) }
        guard unsafe access(root, F_OK) == 0 else { throw Refused(.unknown, "There is no folder \(root): check --root.") }
        guard mayCreate else { throw Refused(.unknown, "There is no ledger at \(path) yet: start selloutd once, or check --root.") }
        if unsafe mkdir(folder, 0o700) != 0, errno != EEXIST { throw notAllowed(folder, errno) }
        return path
    }

    private func notAllowed(_ path: String, _ number: Int32) -> Refused {
        let reason = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
        let advice = number == EACCES || number == EPERM ? " Run it as the daemon's user or with sudo." : ""
        return Refused(.surroundings, "\(path): \(reason).\(advice)")
    }
}
