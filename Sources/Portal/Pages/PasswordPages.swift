import Accounts
import Web

/// Pages on which people come to a new password, or to their first one.
enum PasswordPages {
    /// Why a form was not taken; none of them tells whether an account exists.
    enum Problem {
        case noAddress, tooShort, tooLong, tooOften, expired

        var sentence: String {
            switch self {
            case .noAddress: "This is no e-mail address."
            case .tooShort: "A password needs \(Passwords.shortest) characters or more."
            case .tooLong: "A password may have \(Passwords.longest) bytes at most."
            case .tooOften: "Too many attempts. Wait a minute, then try again."
            case .expired: "The page was open for too long. Send it again."
            }
        }

        var status: Int {
            switch self {
            case .noAddress, .tooShort, .tooLong: 422
            case .tooOften: 429
            case .expired: 401
            }
        }
    }

    static func forgot(csrf: String, email: String = "", problem: Problem? = nil) -> Response {
        let body: HTML = """
            <h1>A new password</h1><p class="soft">Say your address, and a link to set a new password goes there.</p>
            <form method="post" action="/forgot" class="stack"><input type="hidden" name="csrf" value="\(csrf)">
            <div><label for="email">E-mail</label><input id="email" name="email" type="email" autocomplete="username" required maxlength="254" \
            value="\(email)"\(described(problem)) autofocus></div>
            \(told(problem))<div><button class="main">Send the link</button></div></form><p class="small"><a href="/login">Back to signing in</a></p>
            """
        return Frame(title: "A new password").bare(body, status: problem?.status ?? 200)
    }

    static func sent() -> Response {
        let body: HTML = """
            <h1>Look into your mail</h1><p>If the address is known, a message is on its way. Its link is good for an hour.</p>
            <p class="small"><a href="/login">Back to signing in</a></p>
            """
        return Frame(title: "A new password").bare(body)
    }

    static func renewal(csrf: String, token: String, of holder: LinkHolder, problem: Problem? = nil) -> Response {
        let isNew = holder.purpose == .invitation
        let title = isNew ? "Welcome to Sellout" : "A new password"
        let body: HTML = """
            <h1>\(title)</h1><p class="soft">\(isNew ? "Choose a password, and sign in with it as" : "Choose a new password for") \
            \(holder.user.email).</p>
            <form method="post" action="/reset" class="stack"><input type="hidden" name="csrf" value="\(csrf)">
            <input type="hidden" name="token" value="\(token)">\
            <input type="hidden" name="username" autocomplete="username" value="\(holder.user.email)">
            <div><label for="password">Password, \(Passwords.shortest) characters or more</label><input id="password" name="password" type="password" \
            autocomplete="new-password" required minlength="\(Passwords.shortest)" maxlength="\(Passwords.longest)"\(described(problem)) autofocus></div>
            \(told(problem))<div><button class="main">Set the password</button></div></form>
            """
        return Frame(title: title).bare(body, status: problem?.status ?? 200)
    }

    /// Used, too old, followed by a newer one, or never ours.
    static func linkIsOver() -> Response {
        let body: HTML = """
            <h1>This link is over</h1><p>A link works once, a newer one ends it, and it is good for an hour; an invitation for seven days.</p>
            <p><a href="/forgot">Ask for a new link</a>, or ask whoever invited you.</p>
            """
        return Frame(title: "This link is over").bare(body, status: 404)
    }

    private static func told(_ problem: Problem?) -> HTML {
        problem.map { "<p class=\"bad\" id=\"wrong\" role=\"alert\">✕ \($0.sentence)</p>" } ?? .nothing
    }

    private static func described(_ problem: Problem?) -> HTML { problem == nil ? .nothing : " aria-describedby=\"wrong\"" }
}
