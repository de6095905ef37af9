import Accounts
import Operations
import Web

/// The page on which people open an account. What they say is judged, paced and answered as the interface's operation does it.
extension Portal {
    func registrationRoutes() -> Routes {
        var routes = Routes()
        routes.add(.get, "/register") { request in
            if (try? session(request)) ?? nil != nil { return Response.going(to: Link("")) }
            return visited(request) { RegisterPage.page(csrf: $0, FilledForm(RegisterPage.form)) }
        }
        routes.add(.post, "/register", bodyLimit: 16_384, answer: openAccount)
        return routes
    }

    @Sendable private func openAccount(_ request: Request) -> Response {
        func again(_ filled: FilledForm) -> Response { visited(request) { RegisterPage.page(csrf: $0, filled) } }
        do {
            let form = try Form(request)
            guard holdsVisit(request) else { return again(FilledForm(RegisterPage.form, expired: form)) }
            do {
                var fields = BodyFields(form)
                if request.field("password") != request.field(RegisterPage.again) {
                    fields.fault(RegisterPage.again, "another password than the first")
                }
                let (user, password) = try SigningIn.newcomer(&fields, tenant: settings.tenant)
                return enter(try register(user, password: password, from: request.client))
            } catch let denial as Denial {
                return again(FilledForm(RegisterPage.form, sent: form, denial, taken: RegisterPage.taken))
            }
        } catch {
            let refused = Refused(any: error)
            return .text(refused.sentence + "\n", status: refused.status)
        }
    }
}
