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
                do {
                    let call = try call(endpoint, request)
                    return call.noted { try answer(call) }
                } catch { return refused(endpoint, error) }
            }
        case .receive(let reception):
            return .receive { request in
                do { return .delivery(try reception(call(endpoint, request))) } catch { return .refuse(refused(endpoint, error)) }
            }
        }
    }

    private func refused(_ endpoint: Endpoint, _ error: any Error) -> Response {
        let response = endpoint.interface.answer(to: error)
        if [401, 403].contains(response.status) { tally.rejected(.unauthorised) }
        return response
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

extension Call {
    /// The answer, or why there is none, with the caller's name for the access log.
    fileprivate func noted(_ answer: () throws -> Response) -> Response {
        var response: Response
        do { response = try answer() } catch { response = interface.answer(to: error) }
        response.user = caller?.user.actor
        return response
    }
}
