import Foundation

/// A name that is left alone in an inbox (an upload tool's working name, a link, a folder), and why.
public struct IgnoredName: Codable, Hashable, Sendable {
    public var reseller: String
    public var filename: String
    public var reason: String
    public var since: Date
    /// There so long that its upload has probably been given up.
    public var stale: Bool

    public init(reseller: String, filename: String, reason: String, since: Date, stale: Bool) {
        self.reseller = reseller
        self.filename = filename
        self.reason = reason
        self.since = since
        self.stale = stale
    }
}
