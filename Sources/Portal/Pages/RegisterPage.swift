import Accounts
import Web

/// Where people of brands and retailers open an account.
enum RegisterPage {
    static let form = "new"
    static let taken = (field: "email", sentence: "This is already taken. Sign in with it, or ask for a new password.")

    static func page(csrf: String, _ filled: FilledForm) -> Response {
        let password = "Password, \(Passwords.shortest) characters or more"
        let body: HTML = """
            <h1>A new account</h1><p class="soft">For people of brands and retailers. Everybody else gets theirs from operations.</p>
            <form method="post" action="/register" class="stack" novalidate><input type="hidden" name="csrf" value="\(csrf)">
            \(filled.html(.init(name: "role", label: "I work for", isNeeded: true), of: roles))\
            \(filled.html(.init(name: "first_name", label: "First name", isNeeded: true, completes: "given-name")))\
            \(filled.html(.init(name: "last_name", label: "Last name", isNeeded: true, completes: "family-name")))\
            \(filled.html(.init(name: "email", label: "E-mail", kind: .email, isNeeded: true, completes: "username")))\
            \(filled.html(.init(name: "password", label: password, kind: .password, isNeeded: true, completes: "new-password")))\
            \(filled.html(.init(name: again, label: "The same once more", kind: .password, isNeeded: true, completes: "new-password")))
            <div><button class="main">Open the account</button></div></form><p class="small"><a href="/login">Back to signing in</a></p>
            """
        return filled.page(Frame(title: "A new account"), nil, body)
    }

    /// Typed twice: nobody sees what they type, and it is no use to anybody with a slip in it.
    static let again = "password_again"

    private static let roles: [(value: String, title: String)] = [
        (Role.brandAdmin, "a brand, and I may invite colleagues"), (.brandUser, "a brand"),
        (.retailerAdmin, "a retailer, and I may invite colleagues"), (.retailerUser, "a retailer"),
    ].map { ($0.rawValue, $1) }
}
