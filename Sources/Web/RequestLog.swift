import Texts

/// Hears of every request when it is over. Calls come from the threads that serve connections: they return soon.
package protocol RequestLog: Sendable {
    func finished(_ record: RequestRecord)
}

/// A request that is over. Its texts are the client's.
package struct RequestRecord: Sendable {
    package let method: String
    /// Path and query as they came.
    package let target: [UInt8]
    /// The route's own text; nil where none fits.
    package let route: String?
    /// Nil where no answer was given.
    package let status: Int?
    package let bytes: Int
    package let duration: Duration
    package let client: String
    package let user: String?
}

extension RequestRecord {
    /// Of a target in a log line, in bytes.
    private static let longestTarget = 200

    /// One printable line: client, user, method, path, status, bytes, milliseconds. A query may hold what is nobody's business and is
    /// left out.
    package var line: String {
        let path = target.prefix { $0 != UInt8(ascii: "?") }
        let words = [
            client, user ?? "-", method.isEmpty ? "-" : method, String(decoding: path.prefix(Self.longestTarget), as: UTF8.self),
            status.map(String.init) ?? "-", "\(bytes)", "\(duration.milliseconds)ms",
        ]
        return words.map { Printable.line($0.replacing(" ", with: "%20"), longest: Self.longestTarget) }.joined(separator: " ")
    }
}
