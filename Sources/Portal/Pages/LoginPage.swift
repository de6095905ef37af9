import Web

/// Where a person signs in.
enum LoginPage {
    /// Why somebody was not let in; none of them tells whether the account exists.
    enum Problem {
        case wrong, tooOften, expired

        fileprivate var sentence: String {
            switch self {
            case .wrong: "E-mail and password do not belong together."
            case .tooOften: "Too many attempts. Wait a few minutes, then try again."
            case .expired: "You were signed out. Sign in again."
            }
        }

        fileprivate var status: Int {
            switch self {
            case .wrong: 401
            case .tooOften: 429
            case .expired: 401
            }
        }
    }

    /// `next` is a path of ours, to which the person goes behind it.
    static func page(csrf: String, email: String = "", next: String? = nil, problem: Problem? = nil, done: Done? = nil) -> Response {
        let wrong: HTML = problem.map { "<p class=\"bad\" id=\"wrong\" role=\"alert\">✕ \($0.sentence)</p>" } ?? .nothing
        let described: HTML = problem == nil ? .nothing : " aria-describedby=\"wrong\""
        let body: HTML = """
            <h1>Sellout</h1><p class="soft">Sign in to go on.</p>
            <form method="post" action="/login" class="stack"><input type="hidden" name="csrf" value="\(csrf)">
            \(next.map { "<input type=\"hidden\" name=\"next\" value=\"\($0)\">" as HTML })
            <div><label for="email">E-mail</label><input id="email" name="email" type="email" autocomplete="username" required maxlength="254" \
            value="\(email)"\(described)\(email.isEmpty ? " autofocus" as HTML : .nothing)></div>
            <div><label for="password">Password</label><input id="password" name="password" type="password" \
            autocomplete="current-password" required maxlength="1024"\(email.isEmpty ? .nothing : " autofocus" as HTML)></div>
            \(wrong)<div><button class="main">Sign in</button></div></form><p class="small"><a href="/forgot">Forgot your password?</a></p>
            <p class="small">New here, and of a brand or a retailer? <a href="/register">Open an account</a></p>
            """
        return Frame(title: "Sign in", done: done).bare(body, status: problem?.status ?? 200)
    }
}
