import Accounts
import Operations
import Texts
import Web

/// D's operations for those who have no session: opening an account or a session, and setting a password by a link.
enum SigningIn {
    static let endpoints = [
        Endpoint("registerUser", .platform, .post, "/api/auth/register", .everybody, bodyLimit: 65_536, register),
        Endpoint("loginUser", .platform, .post, "/api/auth/login", .everybody, bodyLimit: 65_536, login),
        Endpoint("requestPasswordReset", .platform, .post, "/api/auth/forgot-password", .everybody, bodyLimit: 65_536, forgot),
        Endpoint("resetPassword", .platform, .post, "/api/auth/reset-password", .everybody, bodyLimit: 65_536, reset),
    ]

    @Sendable private static func register(_ call: Call) throws -> Response {
        var fields = BodyFields(call)
        let (user, password) = try newcomer(&fields, tenant: call.portal.settings.tenant)
        let session = try call.portal.register(user, password: password, from: call.request.client)
        return .success("User registered successfully", session.contractJSON)
    }

    /// Somebody who opens an account, and the password that they choose.
    static func newcomer(_ fields: inout BodyFields, tenant: String) throws(Denial) -> (user: NewUser, password: String) {
        let email = fields.email("email")
        let password = fields.newPassword("password")
        let role = fields.role("role", else: "not open to self-registration") { $0.companyType != nil }
        let (first, last) = (fields.name("first_name"), fields.name("last_name"))
        let phone = fields.phone("phone").flatMap { $0.isEmpty ? nil : $0 }
        try fields.confirm()
        guard let email, let role else { throw Denial.wrongInput }
        return (NewUser(email: email, role: role, firstName: first, lastName: last, phone: phone, tenant: tenant), password)
    }

    @Sendable private static func login(_ call: Call) throws -> Response {
        var fields = BodyFields(call)
        let email = fields.text("email", else: "not an address") { $0.contains("@") && $0.utf8.count <= 320 }
        let password = fields.text("password", else: "not a password") { !$0.isEmpty && $0.utf8.count <= 4096 }
        try fields.confirm()
        let session = try call.portal.gate.signIn(email: email, password: password, from: call.request.client)
        return .success("Login successful", session.contractJSON)
    }

    @Sendable private static func forgot(_ call: Call) throws -> Response {
        var fields = BodyFields(call)
        let email = fields.email("email")
        try fields.confirm()
        if let email { try call.portal.sendResetLink(to: email, from: call.request.client) }
        return .success("If the address is known, a message is on its way")
    }

    @Sendable private static func reset(_ call: Call) throws -> Response {
        var fields = BodyFields(call)
        let token = fields.text("token")
        let password = fields.newPassword("password")
        try fields.confirm()
        guard try call.portal.setPassword(password, by: token, from: call.request.client) else {
            throw Denial(400, Denial.wrongInput.text, details: [JSONValue.Member("token", .text("unknown, used or expired"))])
        }
        return .success("Password changed")
    }
}

extension OpenedSession {
    fileprivate var contractJSON: JSONValue { ["user": user.contractJSON, "token": .text(token)] }
}

extension User {
    /// The contract's SessionUser.
    var contractJSON: JSONValue {
        [
            "id": .number(id), "email": .text(email), "role": .text(role.rawValue), "first_name": .text(firstName),
            "last_name": .text(lastName),
        ]
    }
}

extension Response {
    /// Where there is nothing to show.
    static func success(_ message: String) -> Response { .json(["success": .bool(true), "message": .text(message)]) }
}
