import Calling

/// The command line of `sellout-web`.
struct Options {
    static let program = ProgramShape(
        "sellout-web",
        options: [
            OptionShape("config", "FILE", "settings as JSON5 (/etc/selloutd/sellout-web.json5 where that is there)"),
            OptionShape("root", "DIR", "the folder of the resellers' folders (SELLOUT_ROOT, /srv/sellout)"),
            OptionShape("profiles", "DIR", "the folder of the resellers' profiles (SELLOUT_PROFILES, where the daemon has them)"),
            OptionShape("listen", "ADDRESS:PORT", "where interfaces and dashboard are served (127.0.0.1:8788)"),
            OptionShape("version", "print the version"),
        ])

    let config: String?
    let root: String?
    let profiles: String?
    let listen: String?

    init(_ arguments: Arguments) {
        config = arguments.value("config")
        root = arguments.value("root")
        profiles = arguments.value("profiles")
        listen = arguments.value("listen")
    }
}
