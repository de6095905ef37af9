/// The command line of `selloutd`.
struct Options {
    var config: String?
    var root: String?
    var profiles: String?
    var listen: String?
    var settle: Double?

    static let usage = """
        usage: selloutd [--config FILE] [--root DIR] [--profiles DIR] [--listen ADDRESS:PORT|off] [--settle SECONDS]
          --config    settings as JSON5, default /etc/selloutd/selloutd.json5 where that is there
          --root      the folder of the resellers' folders, default /srv/sellout
          --profiles  the folder of the resellers' profiles, default /etc/selloutd/resellers
          --listen    where status and metrics are served, default 127.0.0.1:8787
          --settle    how long a file must be left in peace before it is claimed, default 2
        """

    enum Wish {
        case run(Options)
        case help
        case version
        case wrong(String)
    }

    static func read(_ arguments: [String]) -> Wish {
        var options = Options()
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--help" || argument == "-h" { return .help }
            if argument == "--version" { return .version }
            let halves = argument.split(separator: "=", maxSplits: 1).map(String.init)
            guard let name = halves.first, ["--config", "--root", "--profiles", "--listen", "--settle"].contains(name) else {
                return .wrong("\(argument) is not known.")
            }
            guard let value = halves.count == 2 ? halves[1] : rest.popFirst(), !value.isEmpty else {
                return .wrong("\(name) needs a value.")
            }
            switch name {
            case "--config": options.config = value
            case "--root": options.root = value
            case "--profiles": options.profiles = value
            case "--listen": options.listen = value
            default:
                guard let seconds = Double(value), seconds >= 0, seconds <= 3600 else {
                    return .wrong("--settle takes seconds from 0 to 3600, not \(value).")
                }
                options.settle = seconds
            }
        }
        return .run(options)
    }
}
