import Synchronization

/// Counts requests by route. Every method may be called from any thread. Labels are our own patterns and words: nothing that a
/// client sends makes a new one.
package final class RouteTally: Sendable {
    /// Why a client did not get what it came for.
    package enum Rejection: String, Hashable, Sendable, CaseIterable {
        /// Its connection made room for another.
        case limit
        /// It was too slow.
        case timeout
        /// Its head was too long, or no proper one.
        case header
        /// Its body was too long, or came where none belongs.
        case body
        /// It was not known, or might not. Counted by whoever knows callers.
        case unauthorised
    }

    private struct State {
        // The key nil is for what fits no route.
        var routes: [Routes.Name?: RouteCounts] = [:]
        var rejections: [Rejection: Int] = [:]
    }

    private let state = Mutex(State())
    private let underWay = Atomic(0)

    package init() {}

    package func rejected(_ reason: Rejection) { state.withLock { $0.rejections[reason, default: 0].add(1) } }

    func began() { underWay.add(1, ordering: .relaxed) }
    func ended() { underWay.subtract(1, ordering: .relaxed) }

    /// Requests that are being received or answered.
    package var inFlight: Int { underWay.load(ordering: .relaxed) }

    /// Where each of these routes is counted, and under nil what fits none.
    func counts(of names: [Routes.Name]) -> [Routes.Name?: RouteCounts] {
        state.withLock { state in
            for name in names + [nil] where state.routes[name] == nil { state.routes[name] = RouteCounts() }
            return state.routes
        }
    }

    package func families() -> [MetricFamily] {
        let state = state.withLock { $0 }
        let routes: [(labels: [MetricFamily.Label], counts: RouteCounts.Value)] = state.routes.map { route, counts in
            let labels = [MetricFamily.Label("route", route?.path ?? "none"), .init("method", route?.method.rawValue ?? "none")]
            return (labels, counts.value)
        }
        let asked = routes.filter { $0.counts.durations.count > 0 }.sorted { one, other in
            one.labels.map(\.value).lexicographicallyPrecedes(other.labels.map(\.value))
        }
        let requests = asked.flatMap { labels, counts in
            counts.byStatus.enumerated().filter { $0.element > 0 }.map { digit, count in
                MetricFamily.Sample(labels + [.init("status", digit == 0 ? "none" : "\(digit)xx")], Double(count))
            }
        }
        let rejections = Rejection.allCases.map { reason in
            MetricFamily.Sample([.init("reason", reason.rawValue)], Double(state.rejections[reason] ?? 0))
        }
        return [
            MetricFamily(
                "sellout_http_requests_total", .counter, help: "Requests, by route, method and class of status.", samples: requests),
            MetricFamily(
                "sellout_http_request_duration_seconds", .histogram, help: "Time from a request's first line to the end of its answer.",
                samples: asked.map { MetricFamily.Sample($0.labels, $0.counts.durations) }),
            MetricFamily(
                "sellout_http_requests_in_flight", .gauge, help: "Requests that are being received or answered.",
                samples: [.init([], Double(inFlight))]),
            MetricFamily(
                "sellout_http_rejected_total", .counter, help: "Requests and connections that were turned away, by reason.",
                samples: rejections),
        ]
    }
}

/// What one route has been asked, and how it went.
final class RouteCounts: Sendable {
    struct Value {
        /// By the first digit of the status; 0 where no answer was given.
        fileprivate(set) var byStatus = Array(repeating: 0, count: 6)
        fileprivate(set) var durations = Histogram(bounds: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60])
    }

    private let counts = Mutex(Value())

    var value: Value { counts.withLock { $0 } }

    func ended(status: Int?, took duration: Duration) {
        let (seconds, attoseconds) = duration.components
        counts.withLock { counts in
            counts.byStatus[min(max((status ?? 0) / 100, 0), 5)].add(1)
            counts.durations.observe(Double(seconds) + Double(attoseconds) / 1e18)
        }
    }
}
