/// The four routes by which machines look after the daemon.
extension Routes {
    package static func status(of source: any StatusSource, tally: Tally) -> Routes {
        var routes = Routes()
        routes.add(.get, "/healthz") { _ in
            let parts = source.parts()
            let healthy = parts.allSatisfy(\.answers)
            return .json(Health(healthy: healthy, parts: parts), status: healthy ? 200 : 503)
        }
        routes.add(.get, "/readyz") { _ in
            let reasons = source.reasonsAgainstReadiness()
            return .json(Readiness(ready: reasons.isEmpty, reasons: reasons), status: reasons.isEmpty ? 200 : 503)
        }
        routes.add(.get, "/status") { _ in .json(source.statusPage()) }
        routes.add(.get, "/metrics") { _ in
            let families = tally.families() + source.statusPage().gauges(parts: source.parts())
            return .text(PrometheusText.render(families), contentType: PrometheusText.contentType)
        }
        return routes
    }
}

/// The answer of `/healthz`.
struct Health: Codable {
    let healthy: Bool
    let parts: [PartState]
}

/// The answer of `/readyz`.
struct Readiness: Codable {
    let ready: Bool
    let reasons: [String]
}
