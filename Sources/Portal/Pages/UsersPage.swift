import Accounts
import Ledger
import Operations
import Sellout
import Web

/// Who may sign in.
enum UsersPage {
    static let routes: [PageRoute] = [
        .get("/users", for: .administrators) { request, desk throws(Refused) in try page(request, desk) },
        step("", .invited) { desk, form throws(Refused) in
            guard let passwords = desk.sources.passwords else {
                throw Refused(.surroundings, "Accounts cannot be made here: selloutctl user add makes them.")
            }
            guard let email = form["email"] else { throw Refused(.wrong, "Say the e-mail address.") }
            guard let password = form["password"] else { throw Refused(.wrong, "Give a first password.") }
            let wish = UserWish(
                role: form["role"], reseller: form["role"] == Role.reseller.rawValue ? form["reseller"] : nil,
                firstName: form["first_name"],
                lastName: form["last_name"])
            let user = try desk.desk.newUser(email, wish, tenant: desk.caller.tenant)
            try desk.keeps(user.role)
            _ = try desk.desk.add(user, password: password, passwords, reason: form["reason"] ?? "")
        },
        step("/switch", .switched) { desk, form throws(Refused) in
            guard let email = form["email"] else { throw Refused(.wrong, "Say who is meant.") }
            guard email != desk.caller.email else {
                throw Refused(.forbidden, "This is your own account: somebody else has to switch it off.")
            }
            _ = try desk.own(email)
            _ = try desk.desk.switch(user: email, on: form["on"] == "yes", reason: try form.reason("Switching an account on or off"))
        },
        step("/password", .switched) { desk, form throws(Refused) in
            guard let passwords = desk.sources.passwords else {
                throw Refused(.surroundings, "Passwords cannot be set here: selloutctl user password sets them.")
            }
            guard let email = form["email"], let password = form["password"] else { throw Refused(.wrong, "Give a new password.") }
            _ = try desk.own(email)
            _ = try desk.desk.setPassword(password, of: email, passwords, reason: form["reason"] ?? "")
        },
    ]

    private static func step(
        _ name: String, _ done: Done, _ take: @escaping @Sendable (PageDesk, Form) throws(Refused) -> Void
    ) -> PageRoute {
        .post("/users\(name)", for: .administrators) { request, desk throws(Refused) in
            do throws(Refused) { try take(desk, try Form(request)) } catch {
                return try page(request, desk, problem: error.sentence, status: error.status)
            }
            return .going(to: Link("users"), done)
        }
    }

    private static func page(
        _ request: Request, _ desk: PageDesk, problem: String? = nil, status: Int = 200
    ) throws(Refused) -> Response {
        let users = try desk.desk.users(UserFilter(tenant: desk.caller.tenant, limit: 1000))
        let active = users.count(where: \.isActive)
        let body: HTML = """
            <h1>\(Figures.count(active, "account")) may sign in.</h1>
            <p>An account that is switched off comes in no more, from the next click on. None is ever deleted: files and the audit name them.</p>
            <table><thead><tr><th>E-mail</th><th>Name</th><th>Role</th><th>State</th><th>Since</th><th><span class="sr">Change it</span></th></tr></thead><tbody>
            \(users.html { line($0, desk) })
            </tbody></table>\(form(request, desk))
            """
        return Frame(title: "Users", section: .users, done: Done(request), problem: problem).page(desk, body, status: status)
    }

    private static func line(_ user: User, _ desk: PageDesk) -> HTML {
        let state = user.isActive ? StateMark("✓", "may sign in", .good) : StateMark("–", "switched off", .soft)
        return """
            <tr data-row><td class="head" data-label="E-mail">\(user.email)</td><td data-label="Name"\(user.name == nil ? " data-none" as HTML : .nothing)>\(user.name ?? "–")</td>\
            <td data-label="Role">\(role(user, desk))</td><td data-label="State">\(state.html)</td>\
            <td class="w" data-label="Since">\(Moments.time(user.createdAt, now: desk.now))</td><td class="whole">\(switching(user, desk))</td></tr>

            """
    }

    private static func switching(_ user: User, _ desk: PageDesk) -> HTML {
        guard user.email != desk.caller.email else { return "<span class=\"soft\">you</span>" }
        guard desk.caller.role.mayGovern(user.role) else { return "<span class=\"soft\">kept by chief administrators</span>" }
        let effect = user.isActive ? "Switch \(user.email) off" : "Switch \(user.email) on"
        let hidden: HTML = "\(desk.token)<input type=\"hidden\" name=\"email\" value=\"\(user.email)\">"
        return """
            <details><summary>Change</summary><form method="post" action="/users/switch" class="fields">\(hidden)<input type="hidden" name="on" \
            value="\(user.isActive ? "no" : "yes")"><div><label>Why, for the audit log<br><input name="reason" required maxlength="500"></label></div>\
            <div><button\(user.isActive ? " class=\"danger\"" as HTML : .nothing)>\(effect)</button></div></form>
            <form method="post" action="/users/password" class="fields">\(hidden)<div><label>New password<br><input name="password" type="password" \
            autocomplete="new-password" required minlength="8" maxlength="1024"></label></div><div><button>Set it: they sign in again</button></div></form></details>
            """
    }

    private static func role(_ user: User, _ desk: PageDesk) -> String {
        user.reseller.map { "\(title(user.role)), \(desk.vendor($0))" } ?? title(user.role)
    }

    static func title(_ role: Role) -> String {
        switch role {
        case .superAdmin: "chief administrator"
        case .admin: "administrator"
        case .operator: "operations"
        case .reseller: "reseller"
        case .brandAdmin: "brand, administrator"
        case .brandUser: "brand"
        case .retailerAdmin: "retailer, administrator"
        case .retailerUser: "retailer"
        }
    }

    private static func offered(_ desk: PageDesk) -> [Role] {
        [.operator, .admin, .superAdmin, .reseller].filter(desk.caller.role.mayGovern)
    }

    private static func form(_ request: Request, _ desk: PageDesk) -> HTML {
        """
        <h2>A new account</h2><form method="post" action="/users">\(desk.token)<div class="fields">
        <div><label for="email">E-mail</label><input id="email" name="email" type="email" required maxlength="254" autocomplete="off"></div>
        <div><label for="first">First name</label><input id="first" name="first_name" maxlength="200"></div>
        <div><label for="last">Last name</label><input id="last" name="last_name" maxlength="200"></div>
        <div><label for="role">Role</label><select id="role" name="role">\(offered(desk).html { option($0.rawValue, title($0), nil) })</select></div>
        <div><label for="reseller">of, for a reseller’s</label><select id="reseller" name="reseller"><option value="">–</option>\
        \(desk.desk.resellers.html { option($0.reseller, $0.vendorName, nil) })</select></div>
        <div><label for="new-password">First password</label><input id="new-password" name="password" type="password" required minlength="8" \
        maxlength="1024" autocomplete="new-password"></div>
        <div><label for="reason">Why, for the audit log</label><input id="reason" name="reason" maxlength="500"></div>
        <div><button class="main">Make the account</button></div></div></form>
        """
    }
}

extension PageDesk {
    /// Somebody of the caller's own installation whom they may govern; others are not there.
    fileprivate func own(_ email: String) throws(Refused) -> User {
        let user = try desk.user(email)
        guard user.tenant == caller.tenant else { throw Refused(.unknown, "There is no user \(email).") }
        try keeps(user.role)
        return user
    }

    /// Whoever could set a chief administrator's password could become one.
    fileprivate func keeps(_ role: Role) throws(Refused) {
        guard caller.role.mayGovern(role) else {
            throw Refused(.forbidden, "Only a chief administrator keeps the accounts of chief administrators.")
        }
    }
}
