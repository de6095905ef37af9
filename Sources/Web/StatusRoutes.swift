import Texts

/// Where the status routes take their answers from; the wiring fills it. Calls come from several threads at once. Each
/// returns what is known already and waits for no part of the daemon: the server must answer while a part is stuck.
package protocol StatusSource: Sendable {
    /// The parts of the daemon, and whether each has answered lately.
    func parts() -> [PartState]
    /// Why no work is taken, one sentence each; empty where all is well.
    func reasonsAgainstReadiness() -> [String]
    func statusPage() -> StatusPage
}

/// A part of the daemon (`watcher`, `ledger`) and whether it has answered lately.
package struct PartState: Sendable {
    package var part: String
    package var answers: Bool

    package init(part: String, answers: Bool) {
        self.part = part
        self.answers = answers
    }

    fileprivate var json: JSONValue { ["part": .text(part), "answers": .bool(answers)] }
}

extension Routes {
    /// The four routes by which machines look after the daemon.
    package static func status(of source: any StatusSource, tally: Tally) -> Routes {
        var routes = Routes()
        routes.add(.get, "/healthz", .quick) { _ in
            let parts = source.parts()
            let healthy = parts.allSatisfy(\.answers)
            return .json(["healthy": .bool(healthy), "parts": .array(parts.map(\.json))], status: healthy ? 200 : 503, layout: .indented)
        }
        routes.add(.get, "/readyz", .quick) { _ in
            let reasons = source.reasonsAgainstReadiness()
            return .json(
                ["ready": .bool(reasons.isEmpty), "reasons": .array(reasons.map(JSONValue.text))], status: reasons.isEmpty ? 200 : 503,
                layout: .indented)
        }
        routes.add(.get, "/status", .quick) { _ in .json(source.statusPage().json, layout: .indented) }
        routes.add(.get, "/metrics", .quick) { _ in
            let families = tally.families() + source.statusPage().gauges(parts: source.parts())
            return .text(PrometheusText.render(families), contentType: PrometheusText.contentType)
        }
        return routes
    }
}

extension StatusPage {
    /// The page's numbers as gauges, so that what a person reads and what a machine collects cannot differ.
    fileprivate func gauges(parts: [PartState]) -> [MetricFamily] {
        let stale = ignoredNames.count(where: \.stale)
        let answering = parts.map { MetricFamily.Sample([.init("part", $0.part)], $0.answers ? 1 : 0) }
        return [
            MetricFamily(
                "sellout_build_info", .gauge, help: "The running version; always 1.", samples: [.init([.init("version", version)], 1.0)]),
            gauge("sellout_uptime_seconds", "Seconds since the daemon started.", uptimeSeconds),
            gauge("sellout_ready", "1 while work is taken.", ready ? 1 : 0),
            gauge("sellout_problems", "Things that are wrong now; /status says which.", problems.count),
            MetricFamily("sellout_part_answers", .gauge, help: "1 while that part of the daemon answers.", samples: answering),
            perReseller("sellout_files_running", "Files being processed, by reseller.") { $0.running.count },
            perReseller("sellout_files_waiting", "Files waiting for their turn, by reseller.") { $0.waiting },
            perReseller("sellout_reseller_healthy", "1 while a reseller's files can be claimed and its reports published.") {
                $0.problems.isEmpty ? 1 : 0
            },
            perReseller(
                "sellout_reseller_late_seconds",
                "Since when a reseller's next file usually is here, in whole days, where it is late; 0 otherwise."
            ) {
                $0.lateDays * 86_400
            },
            gauge("sellout_files_running_max", "Files that may be processed at once.", limiter.maxFiles),
            gauge("sellout_names_ignored", "Names in inboxes that are left alone.", ignoredNames.count),
            gauge("sellout_names_stale", "Those of them that have been there too long.", stale),
        ]
    }

    private func gauge(_ name: String, _ help: String, _ value: Int) -> MetricFamily {
        MetricFamily(name, .gauge, help: help, samples: [.init([], Double(value))])
    }

    private func perReseller(_ name: String, _ help: String, _ count: (ResellerState) -> Int) -> MetricFamily {
        let samples = resellers.map { MetricFamily.Sample([.init("reseller", $0.reseller)], Double(count($0))) }
        return MetricFamily(name, .gauge, help: help, samples: samples)
    }
}
