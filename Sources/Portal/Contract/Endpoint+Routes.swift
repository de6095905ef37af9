import Accounts
import Web

extension Portal {
    /// The contract's operations as routes.
    func contractRoutes() -> Routes {
        var routes = Routes()
        for endpoint in Endpoint.all { routes.add(endpoint.method, endpoint.path, work(of: endpoint)) }
        return routes
    }

    private func work(of endpoint: Endpoint) -> Routes.Work {
        switch endpoint.work {
        case .answer(let limit, let answer):
            return .answer(bodyLimit: limit) { request in
                do { return try answer(call(endpoint, request)) } catch { return endpoint.interface.answer(to: error) }
            }
        case .receive(let reception):
            return .receive { request in
                do { return .delivery(try reception(call(endpoint, request))) } catch {
                    return .refuse(endpoint.interface.answer(to: error))
                }
            }
        }
    }

    /// Who is asking, and whether they may.
    private func call(_ endpoint: Endpoint, _ request: Request) throws -> Call {
        if case .everybody = endpoint.access {
            return Call(portal: self, interface: endpoint.interface, request: request, caller: nil)
        }
        let caller = try gate.caller(request, endpoint.interface)
        guard caller.user.tenant == settings.tenant, endpoint.access.admits(caller.user.role) else {
            throw Denial(403, endpoint.interface.forbidden)
        }
        return Call(portal: self, interface: endpoint.interface, request: request, caller: caller)
    }
}
