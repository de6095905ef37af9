import Accounts
import Batches
import Operations
import Sellout
import Web

/// Who is signed in, what others read of them, and whom they work with.
enum YouPage {
    static let routes: [PageRoute] = [
        .get("/you", for: .everybody) { request, desk throws(Refused) in try page(request, desk) },
        .post("/you", for: .everybody) { request, desk throws(Refused) in try save(request, desk) },
        .post("/you/invite", for: .hosts) { request, desk throws(Refused) in try invite(request, desk) },
    ]

    private static let (own, guest) = ("own", "guest")
    private static let taken = (field: "email", sentence: "This is already taken: somebody has an account with it.")

    /// The form says all of it: a telephone number that was cleared goes.
    private static func save(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        let form = try Form(request)
        var fields = BodyFields(form)
        let wish = UserWish(
            firstName: fields.name("first_name"), lastName: fields.name("last_name"), phone: fields.phone("phone") ?? "")
        do throws(Denial) { try fields.confirm() } catch {
            return try page(request, desk, own: FilledForm(own, sent: form, error, taken: taken))
        }
        _ = try desk.desk.set(user: desk.caller.email, wish)
        return .going(to: Link("you"), .saved)
    }

    private static func invite(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        guard let send = desk.sources.invite else { throw Refused(.surroundings, "Nobody can be invited from here.") }
        let form = try Form(request)
        do {
            var fields = BodyFields(form)
            _ = try send(try People.guest(of: desk.caller, &fields, tenant: desk.caller.tenant))
        } catch let denial as Denial {
            return try page(request, desk, guest: FilledForm(guest, sent: form, denial, taken: taken))
        } catch { throw Refused(any: error) }
        return .going(to: Link("you"), .asked)
    }

    private static func page(
        _ request: Request, _ desk: PageDesk, own: FilledForm? = nil, guest: FilledForm? = nil
    ) throws(Refused) -> Response {
        let (caller, refused) = (desk.caller, own ?? guest)
        let filled =
            own ?? FilledForm(Self.own, ["first_name": caller.firstName, "last_name": caller.lastName, "phone": caller.phone])
        let company = try desk.company().map { ", \($0)" } ?? ""
        let body: HTML = """
            <h1>You are signed in as <bdi>\(caller.name ?? caller.email)</bdi>.</h1>
            <p class="soft">\(caller.name.map { _ in "\(caller.email) · " })\(UsersPage.title(caller.role))<bdi>\(company)</bdi></p>
            <form method="post" action="/you" novalidate>\(desk.token)<div class="entry">
            \(filled.html(.init(name: "first_name", label: "First name", isNeeded: true, completes: "given-name")))\
            \(filled.html(.init(name: "last_name", label: "Last name", isNeeded: true, completes: "family-name")))\
            \(filled.html(.init(name: "phone", label: "Telephone", kind: .phone, completes: "tel")))</div>
            <div class="fields"><div><button class="main">Save it</button></div></div></form>
            <p class="small">A new password goes by a link in your mail. <a href="/forgot">Ask for the link</a></p>
            \(try PageRoute.Readers.hosts.admits(caller.role) ? people(desk, guest ?? FilledForm(Self.guest)) : .nothing)
            """
        return (refused ?? filled).page(Frame(title: "You", done: Done(request)), desk, body)
    }
}

/// Colleagues.
extension YouPage {
    private static func people(_ desk: PageDesk, _ guest: FilledForm) throws(Refused) -> HTML {
        guard desk.caller.company != nil || desk.operates else {
            let (company, link) = desk.caller.role.isOfBrand ? ("brand", BrandForm.link()) : ("retailer", RetailerForm.link())
            return """
                <h2>Your colleagues</h2><p class="empty">You have no \(company) yet. As soon as you have entered it, you can invite those who \
                work for it. <a href="\(link)">Enter your \(company)</a></p>
                """
        }
        let (colleagues, invitations) = (try desk.desk.colleagues(of: desk.caller), try desk.desk.invitations())
        let lines = colleagues.html { line($0, until: $0.isActive ? nil : invitations[$0.id], desk) }
        let all: HTML? = desk.administers ? "<p><a href=\"/users\">All accounts</a></p>" : nil
        return """
            <h2>Your colleagues</h2><table><thead><tr><th>E-mail</th><th>Name</th><th>Role</th><th>State</th><th>Since</th></tr></thead><tbody>
            \(lines)</tbody></table>\(all)\(form(desk, guest))
            """
    }

    private static func form(_ desk: PageDesk, _ guest: FilledForm) -> HTML {
        let roles = People.guests(of: desk.caller).map { (value: $0.rawValue, title: UsersPage.title($0)) }
        return """
            <h2>Invite somebody</h2><p>They get a mail with a link, good for seven days, and choose their password there.</p>
            <form method="post" action="/you/invite" novalidate>\(desk.token)<div class="entry">
            \(guest.html(.init(name: "email", label: "E-mail", kind: .email, isNeeded: true)))\
            \(guest.html(.init(name: "first_name", label: "First name", isNeeded: true)))\
            \(guest.html(.init(name: "last_name", label: "Last name", isNeeded: true)))\
            \(guest.html(.init(name: "role", label: "Role", isNeeded: true), of: roles))</div>
            <div class="fields"><div><button class="main">Send the invitation</button></div></div></form>
            """
    }

    private static func line(_ user: User, until: Timestamp?, _ desk: PageDesk) -> HTML {
        let state: StateMark =
            if user.isActive {
                StateMark("✓", "may sign in", .good)
            } else if let until {
                until > desk.now
                    ? StateMark("◐", "invited, until \(Moments.shortDay(until.day))", .waits) : StateMark("○", "invited in vain", .soft)
            } else { StateMark("–", "switched off", .soft) }
        return """
            <tr data-row><td class="head" data-label="E-mail">\(user.email)</td>\
            <td data-label="Name"\(user.name == nil ? " data-none" as HTML : .nothing)>\(user.name ?? "–")</td>\
            <td data-label="Role">\(UsersPage.title(user.role))</td><td data-label="State">\(state.html)</td>\
            <td class="w" data-label="Since">\(Moments.time(user.createdAt, now: desk.now))</td></tr>

            """
    }
}

extension User {
    /// As people are called; nil where nobody has said it.
    var name: String? {
        let parts = [firstName, lastName].filter { !$0.isEmpty }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}

extension PageDesk {
    /// What the brand or retailer is called that the caller works for.
    fileprivate func company() throws(Refused) -> String? {
        if let id = caller.brandID { return try desk.brand(id: id)?.brand.name }
        if let id = caller.retailerID { return try desk.retailer(id: id)?.retailer.name }
        return nil
    }
}
