import Accounts
import Texts
import Web

/// The one operation of D that is here: opening a session.
enum SigningIn {
    static let endpoint = Endpoint("loginUser", .platform, .post, "/api/auth/login", .everybody, bodyLimit: 65_536, login)

    @Sendable private static func login(_ call: Call) throws -> Response {
        var details: [JSONValue.Member] = []
        let body = (try? call.object()) ?? .object([])
        func text(_ name: String, _ fault: String, _ isGood: (String) -> Bool) -> String {
            if let text = body[name]?.text, isGood(text) { return text }
            details.append(JSONValue.Member(name, .text(body[name] == nil ? "missing" : fault)))
            return ""
        }
        let email = text("email", "not an address") { $0.contains("@") && $0.utf8.count <= 320 }
        let password = text("password", "not a password") { !$0.isEmpty && $0.utf8.count <= 4096 }
        guard details.isEmpty else { throw Denial(400, "Invalid input data", details: details) }
        let session = try call.portal.gate.signIn(email: email, password: password, from: call.request.client)
        return .success("Login successful", ["user": session.user.contractJSON, "token": .text(session.token)])
    }
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
