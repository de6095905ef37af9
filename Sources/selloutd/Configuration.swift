import Folders
import Foundation
import Pipeline
import Settings
import Web

/// What the daemon is told, by its configuration file, its environment and its command line; the last of them has the last word.
struct Configuration {
    static let standardFile = "/etc/selloutd/selloutd.json5"

    var root = "/srv/sellout"
    var profiles = "/etc/selloutd/resellers"
    var listen = ListenAddress.inet(host: "127.0.0.1", port: 8787)
    /// A file must be left in peace so long before it is claimed; 0 to 3600 seconds.
    var settle = Duration.seconds(2)
    /// Files at once; 1 to 256.
    var maxFiles = 24
    /// Files of one reseller at once; 1 to 256.
    var maxFilesPerReseller = 4
    /// Reading one file may take so long; 1 second to a day.
    var timeLimit = Duration.seconds(1800)
    /// Whether files are taken of a reseller whose profile is seen for the first time. Those that are known stay as they are.
    var newResellersMayUpload = true
    /// Audience batches are deleted for good after so many days; 1 to 36500. Nil keeps them for ever.
    var audienceDays: Int?

    init(_ options: Options, environment: [String: String]) throws {
        if let file = options.config
            ?? (FileManager.default.fileExists(atPath: Configuration.standardFile) ? Configuration.standardFile : nil)
        {
            guard let content = FileManager.default.contents(atPath: file) else {
                throw SettingsFaults(all: [SettingsFault(file: file, path: "", expected: "cannot be read")])
            }
            let standard = self
            self = try SettingsNode.read(Array(content), file: file) { Configuration($0, standard: standard) }
        }
        func told(_ variable: String) -> String? { environment[variable].flatMap { $0.isEmpty ? nil : $0 } }
        root = options.root ?? told("SELLOUT_ROOT") ?? root
        profiles = options.profiles ?? told("SELLOUT_PROFILES") ?? profiles
        if let text = options.listen { listen = try ListenAddress(parsing: text) }
        settle = options.settle ?? settle
        // Folders are told apart by their paths, whatever the daemon's own folder is.
        root = URL(fileURLWithPath: root).standardizedFileURL.path
        // Remembered for whoever asks from another folder.
        profiles = URL(fileURLWithPath: profiles).standardizedFileURL.path
    }

    private init(_ node: SettingsNode, standard: Configuration) {
        self = standard
        root = node.text("root") ?? root
        profiles = node.text("profiles") ?? profiles
        if let text = node.text("listen") {
            if let address = try? ListenAddress(parsing: text) {
                listen = address
            } else {
                node.fault("listen", "expected ADDRESS:PORT or \"off\", found \"\(text)\"")
            }
        }
        settle = node.whole("settle_milliseconds", in: 0...3_600_000).map { .milliseconds($0) } ?? settle
        maxFiles = node.whole("max_files", in: 1...256) ?? maxFiles
        maxFilesPerReseller = node.whole("max_files_per_reseller", in: 1...256) ?? maxFilesPerReseller
        timeLimit = node.whole("time_limit_seconds", in: 1...86_400).map { .seconds($0) } ?? timeLimit
        newResellersMayUpload = node.flag("new_resellers_may_upload", default: newResellersMayUpload)
        if let audience = node.node("audience") {
            audienceDays = audience.whole("keep_days", in: 1...36_500) ?? audienceDays
            audience.nothingElse()
        }
        node.nothingElse()
    }

    var keepAudience: Duration? { audienceDays.map { .seconds($0 * 86_400) } }

    var pipeline: SellOutPipeline.Settings {
        var settings = SellOutPipeline.Settings()
        settings.maxFiles = maxFiles
        settings.maxFilesPerReseller = maxFilesPerReseller
        settings.pace = Pace(settle: settle)
        return settings
    }
}
