import Calling

/// The command line of `selloutd`.
struct Options {
    static let program = ProgramShape(
        "selloutd",
        options: [
            OptionShape("config", "FILE", "settings as JSON5 (/etc/selloutd/selloutd.json5 where that is there)"),
            OptionShape("root", "DIR", "the folder of the resellers' folders (SELLOUT_ROOT, /srv/sellout)"),
            OptionShape("profiles", "DIR", "the folder of the resellers' profiles (SELLOUT_PROFILES, /etc/selloutd/resellers)"),
            OptionShape("listen", "ADDRESS:PORT|off", "where status and metrics are served (127.0.0.1:8787)"),
            OptionShape("settle", "SECONDS", "how long a file must be left in peace before it is claimed (2)"),
            OptionShape("version", "print the version"),
        ])

    let config: String?
    let root: String?
    let profiles: String?
    let listen: String?
    let settle: Duration?

    init(_ arguments: Arguments) throws(UsageError) {
        config = arguments.value("config")
        root = arguments.value("root")
        profiles = arguments.value("profiles")
        listen = arguments.value("listen")
        guard let text = arguments.value("settle") else {
            settle = nil
            return
        }
        guard let seconds = Double(text), seconds >= 0, seconds <= 3600 else {
            throw arguments.misuse("--settle takes seconds from 0 to 3600, not \(text).")
        }
        settle = .milliseconds(Int(seconds * 1000))
    }
}
