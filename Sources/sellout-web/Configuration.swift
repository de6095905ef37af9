import Accounts
import Foundation
import Mail
import Portal
import Settings
import Web

/// What the program is told, by its configuration file, its environment and its command line; the last of them has the last word.
struct Configuration {
    static let standardFile = "/etc/selloutd/sellout-web.json5"

    var root = "/srv/sellout"
    /// Nil: where the daemon of this root has them.
    var profiles: String?
    /// TCP, and a Unix socket beside it for a proxy on the same machine.
    var listen = ListenAddress.inet(host: "127.0.0.1", port: 8788)
    /// Below the root's `.uploads` where nothing else is said; `off` for none.
    var unixSocket: String?
    var certificate: String?
    var privateKey: String?
    /// Somebody in front speaks TLS, and says in `X-Forwarded-For` who is asking.
    var isBehindProxy = false
    /// PEM of another service whose RS256 tokens are taken too.
    var issuersKey: String?
    var portal = Portal.Settings()
    var mail = Postman.Settings()
    /// How many records an audience batch may be allowed to have.
    private static let batchSizes = 1...1_000_000
    /// Connections at once, and of one address.
    var maxConnections = 4096
    var maxConnectionsPerAddress = 1024

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
        portal.tenant = told("TENANT_ID_OVERRIDE") ?? portal.tenant
        if let text = told("MAX_BATCH_SIZE") {
            guard let most = Int(text), Configuration.batchSizes.contains(most) else {
                let expected = "expected a number from 1 to 1000000, found \"\(text)\""
                throw SettingsFaults(all: [SettingsFault(file: "MAX_BATCH_SIZE", path: "", expected: expected)])
            }
            portal.maxBatchSize = most
        }
        root = URL(fileURLWithPath: root).standardizedFileURL.path
        profiles = profiles.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
        portal.isSecure = certificate != nil || isBehindProxy
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
        unixSocket = node.text("unix_socket")
        certificate = node.text("tls_certificate")
        privateKey = node.text("tls_key")
        if (certificate == nil) != (privateKey == nil) { node.fault("tls_certificate", "expected together with tls_key, or neither") }
        isBehindProxy = node.flag("behind_proxy", default: isBehindProxy)
        issuersKey = node.text("issuers_public_key")
        portal.tenant = node.text("tenant") ?? portal.tenant
        portal.maxWaiting = node.whole("max_waiting", in: 1...1_000_000) ?? portal.maxWaiting
        portal.largestResellerUpload =
            (node.whole("largest_reseller_upload_mib", in: 1...4096).map { $0 << 20 }) ?? portal.largestResellerUpload
        portal.largestSalesUpload = (node.whole("largest_sales_upload_mib", in: 1...4096).map { $0 << 20 }) ?? portal.largestSalesUpload
        portal.maxBatchSize = node.whole("max_batch_size", in: Configuration.batchSizes) ?? portal.maxBatchSize
        portal.requestsPerMinute = node.whole("requests_per_minute", in: 1...100_000_000) ?? portal.requestsPerMinute
        if let text = node.text("public_url") {
            if let url = PublicURL(text) {
                portal.publicURL = url
            } else {
                node.fault("public_url", "expected http://… or https://…, found \"\(text)\"")
            }
        }
        if let node = node.node("mail") { mail = Configuration.mail(node, standard: mail) }
        maxConnections = node.whole("max_connections", in: 16...65_536) ?? maxConnections
        maxConnectionsPerAddress = node.whole("max_connections_per_address", in: 4...65_536) ?? maxConnectionsPerAddress
        node.nothingElse()
    }

    private static func mail(_ node: SettingsNode, standard: Postman.Settings) -> Postman.Settings {
        var mail = standard
        if let path = node.text("sendmail") {
            mail.sendmail = path == "off" ? nil : path
            if path != "off", !path.hasPrefix("/") { node.fault("sendmail", "expected a path from / on or \"off\", found \"\(path)\"") }
        }
        if let text = node.text("from") {
            if let address = EmailAddress(text) {
                mail.from = address
            } else {
                node.fault("from", "expected an e-mail address, found \"\(text)\"")
            }
        }
        node.nothingElse()
        return mail
    }
}
