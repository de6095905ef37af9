/// All that a server is told beside where and what.
package struct ServerSettings: Sendable {
    package var limits = ServerLimits()
    /// For addresses on a network; a Unix socket speaks plainly.
    package var certificate: Certificate?
    /// A proxy stands in front, which says in `X-Forwarded-For` who is asking.
    package var isBehindProxy = false
    package var tally = RouteTally()
    package var log: (any RequestLog)?

    package init() {}
}
