import Accounts
import Operations
import Texts
import Web

/// D's operations on people: oneself, those one works with, and everybody.
enum People {
    static let endpoints = [
        Endpoint("getMyProfile", .platform, .get, "/api/users/profile", .signedIn, profile),
        Endpoint("updateMyProfile", .platform, .put, "/api/users/profile", .signedIn, bodyLimit: 65_536, update),
        Endpoint("listCompanyUsers", .platform, .get, "/api/users/company-users", .only(hosts), colleagues),
        Endpoint("inviteCompanyUser", .platform, .post, "/api/users/invite", .only(hosts), bodyLimit: 65_536, invite),
        Endpoint("listAllUsers", .platform, .get, "/api/admin/users", .only(administrators), everybody),
        Endpoint(
            "setUserStatus", .platform, .put, "/api/admin/users/{id}/status", .only(administrators), bodyLimit: 65_536, setStatus),
    ]

    private static let administrators: Set<Role> = [.superAdmin, .admin]
    /// Who sees colleagues, and invites some.
    static let hosts: Set<Role> = [.superAdmin, .admin, .brandAdmin, .retailerAdmin]

    @Sendable private static func profile(_ call: Call) throws -> Response { .found(try call.user().profileJSON) }

    @Sendable private static func update(_ call: Call) throws -> Response {
        var fields = BodyFields(call)
        var wish = UserWish()
        if fields.has("first_name") { wish.firstName = fields.name("first_name") }
        if fields.has("last_name") { wish.lastName = fields.name("last_name") }
        wish.phone = fields.phone("phone")
        try fields.confirm()
        let changed = try call.changingDesk().set(user: try call.user().email, wish).user
        return .success("Saved", changed.profileJSON)
    }

    @Sendable private static func colleagues(_ call: Call) throws -> Response {
        .found(.array(try call.desk().colleagues(of: try call.user()).map(\.companyJSON)))
    }

    @Sendable private static func everybody(_ call: Call) throws -> Response {
        .found(.array(try call.desk().everybody(in: call.portal.settings.tenant).map(\.companyJSON)))
    }

    @Sendable private static func invite(_ call: Call) throws -> Response {
        let host = try call.user()
        var fields = BodyFields(call)
        let guest = try guest(of: host, &fields, tenant: call.portal.settings.tenant)
        return .success("Invitation sent", try call.portal.invite(guest, by: host).companyJSON)
    }

    /// Whom somebody invites.
    static func guest(of host: User, _ fields: inout BodyFields, tenant: String) throws(Denial) -> NewUser {
        let email = fields.email("email")
        let role = fields.role("role", else: "not a role")
        let (first, last) = (fields.name("first_name"), fields.name("last_name"))
        if let role, let fault = host.reasonAgainstInviting(role) { fields.fault("role", fault) }
        if host.role.companyType != nil, host.company == nil { fields.fault("company_id", "missing: enter your company first") }
        try fields.confirm()
        guard let email, let role else { throw Denial.wrongInput }
        guard host.role.mayGovern(role) else { throw Denial(403, Interface.platform.forbidden) }
        return NewUser(email: email, role: role, firstName: first, lastName: last, company: host.company, tenant: tenant)
    }

    /// The roles into which they may, those of least power first: nobody gives away much by a careless click.
    static func guests(of host: User) -> [Role] {
        Role.allCases.reversed().filter { host.reasonAgainstInviting($0) == nil && host.role.mayGovern($0) }
    }

    @Sendable private static func setStatus(_ call: Call) throws -> Response {
        let caller = try call.user()
        let user = try named(call)
        guard caller.role.mayGovern(user.role) else { throw Denial(403, Interface.platform.forbidden) }
        var fields = BodyFields(call)
        let isActive = fields.flag("is_active")
        if user.id == caller.id, !isActive { fields.fault("is_active", "somebody else has to switch your own account off") }
        try fields.confirm()
        return .success("Saved", try call.changingDesk().switch(user: user.email, on: isActive).user.companyJSON)
    }

    /// What is malformed, and who belongs to another tenant, is unknown.
    private static func named(_ call: Call) throws -> User {
        guard let user = try call.desk().user(id: call.platformID("id")), user.tenant == call.portal.settings.tenant else {
            throw Denial.nothingHere
        }
        return user
    }
}

extension Call {
    /// Who has signed in.
    func user() throws(Denial) -> User {
        guard let caller else { throw Denial(401, interface.notAuthenticated) }
        return caller.user
    }
}

extension User {
    /// Nil where they may.
    fileprivate func reasonAgainstInviting(_ role: Role) -> String? {
        if let own = self.role.companyType, role.companyType != own { return "not a role of a \(own)" }
        // Nobody says here to which one.
        if role == .reseller { return "not for an invitation: operations makes a reseller's account" }
        return nil
    }

    /// The contract's UserProfile.
    fileprivate var profileJSON: JSONValue {
        .joined([
            contractJSON,
            [
                "phone": .optional(phone), "company_id": companyID.map(JSONValue.number) ?? .null, "company_type": .optional(companyType),
            ],
        ])
    }

    /// The contract's CompanyUser.
    fileprivate var companyJSON: JSONValue { .joined([contractJSON, ["is_active": .bool(isActive)]]) }
}

extension Response {
    /// D's answer to a question.
    static func found(_ data: JSONValue) -> Response { .json(["success": .bool(true), "data": data]) }
}
