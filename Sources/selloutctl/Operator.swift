import Glibc

/// Who sits at the keyboard, for the audit log.
enum Operator {
    /// With sudo the account is another's, and SUDO_USER says who asked.
    static var name: String {
        if let name = unsafe getenv("SUDO_USER").map({ unsafe String(cString: $0) }), !name.isEmpty { return name }
        return unsafe getpwuid(getuid()).map { unsafe String(cString: $0.pointee.pw_name) } ?? "uid \(getuid())"
    }
}
