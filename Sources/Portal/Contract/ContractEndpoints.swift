import Accounts
import Web

extension Endpoint {
    /// Those of the contract that are served here.
    package static let all = [
        ResellerUploads.endpoints, SalesUploads.endpoints, Governance.endpoints, SigningIn.endpoints, People.endpoints, Brands.endpoints,
        RetailerProfiles.endpoints, RetailCatalogue.endpoints, FitScores.endpoints, ExcelUploads.endpoints, AudienceBatches.endpoints,
    ].flatMap(\.self)
}

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
            // The contract has no status of its own for a body that is too large; where none belongs it says nothing.
            let tooLarge = limit > 0 ? endpoint.interface.refusal(400, endpoint.interface.tooLarge) : nil
            return .answer(bodyLimit: limit, tooLarge: tooLarge) { respond(endpoint, $0, answer) }
        case .receive(let reception):
            return .receive { request in
                do { return .delivery(try reception(call(endpoint, request))) } catch {
                    let response = refused(endpoint, error)
                    // What is too large is not waited for.
                    return response.status == 413 ? .refuseAtOnce(response) : .refuse(response)
                }
            }
        }
    }

    private func respond(_ endpoint: Endpoint, _ request: Request, _ answer: (Call) throws -> Response) -> Response {
        do {
            let call = try call(endpoint, request)
            return call.noted { try answer(call) }
        } catch { return refused(endpoint, error) }
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
        guard caller.user.tenant == settings.tenant else { throw endpoint.strangersDenial }
        guard endpoint.access.admits(caller.user.role) else { throw Denial(403, endpoint.interface.forbidden) }
        return Call(portal: self, interface: endpoint.interface, request: request, caller: caller)
    }
}

extension Endpoint {
    /// For the token of another tenant. D knows a 403 only where certain roles may ask: elsewhere such a token is none.
    fileprivate var strangersDenial: Denial {
        interface == .platform && access.admitsAll ? Denial(401, interface.notAuthenticated) : interface.strangersDenial
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

extension Interface {
    fileprivate var tooLarge: String { self == .platform ? "Invalid input data" : "The body is too large" }
}
