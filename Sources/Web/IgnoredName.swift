import Foundation

/// A name that is left alone in an inbox (an upload tool's working name, a link, a folder), and why.
package struct IgnoredName: Codable, Hashable, Sendable {
    package var reseller: String
    package var filename: String
    package var reason: String
    package var since: Date
    /// There so long that its upload has probably been given up.
    package var stale: Bool

    package init(reseller: String, filename: String, reason: String, since: Date, stale: Bool) {
        self.reseller = reseller
        self.filename = filename
        self.reason = reason
        self.since = since
        self.stale = stale
    }
}
