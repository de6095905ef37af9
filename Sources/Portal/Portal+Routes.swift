import Operations
import Texts
import Web

extension Portal {
    /// All that is served.
    package func routes() -> Routes {
        var routes = contractRoutes().adding(ContractRoutes.routes).adding(pageRoutes()).adding(passwordRoutes()).adding(
            registrationRoutes())
        routes.add(.get, "/healthz", .quick) { _ in .json(["healthy": .bool(true)]) }
        routes.add(.get, "/metrics") { request in
            // It tells what goes on here, and is for whoever keeps this machine.
            guard ["127.0.0.1", "::1", "local"].contains(request.client) else { return .refusal(404, "There is nothing under this path.") }
            return .text(PrometheusText.render(tally.families()), contentType: PrometheusText.contentType)
        }
        routes.add(.get, "/readyz") { _ in
            let reasons = reasonsAgainstReadiness()
            return .json(
                ["ready": .bool(reasons.isEmpty), "reasons": .array(reasons.map(JSONValue.text))], status: reasons.isEmpty ? 200 : 503)
        }
        return routes
    }

    /// Uploads are taken while the daemon is down; without a ledger nobody can be known.
    private func reasonsAgainstReadiness() -> [String] {
        do {
            try books.ledger().ping()
            return []
        } catch { return [Refused(any: error).sentence] }
    }
}
