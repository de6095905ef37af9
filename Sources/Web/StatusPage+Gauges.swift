/// The page's numbers as gauges, so that what a person reads and what a machine collects cannot differ.
extension StatusPage {
    package func gauges(parts: [PartState]) -> [MetricFamily] {
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
