import Accounts
import Web

/// What stands around every page: the way to the others, the search, and the small print.
struct Frame {
    /// In the order of the navigation.
    enum Section: String, CaseIterable {
        case now = ""
        case batches, products, stores, resellers, books, fit, studio, profiles, audit
        case users, docs

        var title: String {
            switch self {
            case .now: "Now"
            case .batches: "Files"
            case .products: "Products"
            case .stores: "Stores"
            case .resellers: "Resellers"
            case .books: "Books"
            case .fit: "Fit"
            case .studio: "Studio"
            case .profiles: "Profiles"
            case .audit: "Audit"
            case .users: "Users"
            case .docs: "API"
            }
        }

        func isFor(_ role: Role) -> Bool {
            switch self {
            // Whoever has an account may send audience batches.
            case .docs, .studio: true
            case .now, .batches: role.handlesFiles
            case .products, .stores, .resellers, .books, .profiles, .audit: role.operates
            case .fit: PageRoute.Readers.retailTrade.admits(role)
            case .users: role.administers
            }
        }
    }

    /// For the head of the document.
    let title: String
    var section: Section?
    /// What the last step did.
    var done: Done?
    /// Why the last step was not done.
    var problem: String?

    func page(_ desk: PageDesk, _ body: HTML, status: Int = 200) -> Response {
        let page: HTML = """
            \(head)<body><a class="skip" href="#main">To the content</a>
            <header class="top"><a class="brand" href="/">Sellout</a>\(navigation(desk))\(desk.operates ? search : .nothing)\(account(desk))</header>
            <main id="main" tabindex="-1">\(notices)\(body)</main>
            \(footer(desk))</body></html>
            """
        return Frame.response(page, status: status)
    }

    /// For somebody who is not signed in.
    func bare(_ body: HTML, status: Int = 200) -> Response {
        let page: HTML = """
            \(head)<body class="bare"><main id="main">\(notices)\(body)</main></body></html>
            """
        return Frame.response(page, status: status)
    }

    /// Nothing on a page comes from elsewhere, and nothing in its text is run.
    private static let policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'"

    private static func response(_ page: HTML, status: Int) -> Response {
        Response(
            status: status, contentType: "text/html; charset=utf-8", headers: [Header("Content-Security-Policy", policy)],
            body: .bytes(Array(page.text.utf8)))
    }

    private var head: HTML {
        """
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>\(title) · Sellout</title>
        <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
        <link rel="stylesheet" href="\(Asset.style.path)"><link rel="icon" href="data:,">
        <script src="\(Asset.script.path)" defer></script></head>

        """
    }

    private func navigation(_ desk: PageDesk) -> HTML {
        let links = Section.allCases.filter { $0 != .docs && $0.isFor(desk.caller.role) }.html { one in
            let isHere = one == section
            return "<li><a href=\"/\(one.rawValue)\"\(isHere ? " aria-current=\"page\"" as HTML : .nothing)>\(one.title)</a></li>"
        }
        return "<nav aria-label=\"Pages\"><ul>\(links)</ul></nav>"
    }

    private let search: HTML = """
        <form class="search" role="search" action="/search"><label class="sr" for="q">Search</label>\
        <input id="q" name="q" type="search" maxlength="200" placeholder="File, EAN, store"></form>
        """

    /// In the head stands a name that fits; the whole address is one click from there.
    private func account(_ desk: PageDesk) -> HTML {
        let (first, email) = (desk.caller.firstName, desk.caller.email)
        return """
            <details class="account"><summary>\(first.isEmpty ? String(email.prefix { $0 != "@" }) : first)</summary>
            <div><p>\(email)</p><p><a href="/you">\(PageRoute.Readers.hosts.admits(desk.caller.role) ? "You and your colleagues" : "You")</a></p>\
            <p><a href="/docs">API</a></p>
            <form method="post" action="/logout">\(desk.token)<button>Sign out</button></form></div></details>
            """
    }

    private var notices: HTML {
        let done: HTML? = done.map { "<p class=\"notice good\" role=\"status\">✓ \($0.sentence)</p>" }
        let problem: HTML? = problem.map { "<p class=\"notice bad\" role=\"alert\">✕ \(Words.plain($0))</p>" }
        return "\(done)\(problem)"
    }

    private func footer(_ desk: PageDesk) -> HTML {
        var parts: [String] = []
        if let version = desk.live.version { parts.append("selloutd \(version)") }
        if let seconds = desk.live.uptimeSeconds { parts.append("up \(Moments.span(seconds: seconds))") }
        if let free = desk.live.diskFreePercent { parts.append("disk \(free) % free") }
        if let bytes = desk.live.ledgerBytes { parts.append("ledger \(Figures.size(bytes))") }
        if parts.isEmpty { parts.append("selloutd does not answer") }
        return "<footer>\(parts.joined(separator: " · "))</footer>"
    }
}

extension PageDesk {
    /// The hidden field of every form that changes something.
    var token: HTML { "<input type=\"hidden\" name=\"csrf\" value=\"\(csrf)\">" }
}
