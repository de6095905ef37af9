import Accounts
import Operations
import Web

/// Pages for people without a session: asking for a link, and setting a password by it.
extension Portal {
    func passwordRoutes() -> Routes {
        var routes = Routes()
        routes.add(.get, "/forgot") { visited($0) { csrf in PasswordPages.forgot(csrf: csrf) } }
        routes.add(.post, "/forgot", bodyLimit: 16_384, answer: sendLink)
        routes.add(.get, "/reset") { request in renewal(request, token: request.asked("token") ?? "") }
        routes.add(.post, "/reset", bodyLimit: 16_384, answer: renew)
        return routes
    }

    @Sendable private func sendLink(_ request: Request) -> Response {
        let email = request.field("email")
        func again(_ problem: PasswordPages.Problem) -> Response {
            visited(request) { PasswordPages.forgot(csrf: $0, email: email, problem: problem) }
        }
        guard holdsVisit(request) else { return again(.expired) }
        guard let address = EmailAddress(email) else { return again(.noAddress) }
        do throws(Denial) { try sendResetLink(to: address, from: request.client) } catch { return again(.tooOften) }
        return PasswordPages.sent()
    }

    private func renewal(_ request: Request, token: String, problem: PasswordPages.Problem? = nil) -> Response {
        do {
            guard let holder = try books.reading(as: "nobody").holder(ofLink: token) else { return PasswordPages.linkIsOver() }
            return visited(request) { PasswordPages.renewal(csrf: $0, token: token, of: holder, problem: problem) }
        } catch { return .text(Refused(any: error).sentence + "\n", status: 503) }
    }

    @Sendable private func renew(_ request: Request) -> Response {
        let (token, password) = (request.field("token"), request.field("password"))
        guard holdsVisit(request) else { return renewal(request, token: token, problem: .expired) }
        do throws(PasswordRefused) { try Passwords.check(password) } catch {
            return renewal(request, token: token, problem: error == .tooShort ? .tooShort : .tooLong)
        }
        do {
            guard try setPassword(password, by: token, from: request.client) else { return PasswordPages.linkIsOver() }
            return Response.going(to: Link("login"), .renewed)
        } catch is Denial {
            return renewal(request, token: token, problem: .tooOften)
        } catch { return .text(Refused(any: error).sentence + "\n", status: 503) }
    }
}

extension Request {
    /// Of a form that was sent; empty where it is not there.
    func field(_ name: String) -> String { form?.first { $0.name == name }?.value ?? "" }
}
