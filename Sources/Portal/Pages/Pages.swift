import Operations
import Web

/// One page, or one step that a page offers.
package struct PageRoute: Sendable {
    /// Whom it answers. All of them have signed in.
    package enum Audience: Sendable { case everybody, operators, administrators }

    package typealias Answer = @Sendable (Request, PageDesk) throws(Refused) -> Response

    package let method: Request.Method
    package let path: String
    package let audience: Audience
    /// Of a form, in bytes.
    package let bodyLimit: Int
    package let answer: Answer

    static func get(_ path: String, for audience: Audience = .operators, _ answer: @escaping Answer) -> PageRoute {
        PageRoute(method: .get, path: path, audience: audience, bodyLimit: 0, answer: answer)
    }

    static func post(
        _ path: String, for audience: Audience = .operators, bodyLimit: Int = 64 << 10, _ answer: @escaping Answer
    ) -> PageRoute {
        PageRoute(method: .post, path: path, audience: audience, bodyLimit: bodyLimit, answer: answer)
    }
}

/// The dashboard.
package enum Pages {
    package static func routes() -> [PageRoute] {
        [
            NowPage.routes, BatchesPage.routes, BatchPage.routes, ProductsPage.routes, StoresPage.routes, ResellersPage.routes,
            BooksPage.routes, AuditPage.routes, SearchPage.routes, UsersPage.routes, ProfilesPage.routes, DraftPage.routes, DocsPage.routes,
        ].flatMap { $0 }
    }

    /// Style sheet and script, for everybody: they tell nothing.
    package static func assets() -> Routes {
        var routes = Routes()
        for asset in [Asset.style, Asset.script] { routes.add(.get, asset.name) { _ in asset.response } }
        return routes
    }

    package static let assetPaths = [Asset.style.name, Asset.script.name]

    package static func asset(_ name: String) -> [UInt8]? { [Asset.style, Asset.script].first { $0.name == name }?.bytes }

    /// Where the browser goes after a step. What was done stands in the address as one word, never as a text.
    static func go(_ link: Link, _ done: Done? = nil) -> Response {
        let mark = done.map { (link.text.contains("?") ? "&" : "?") + "done=\($0.rawValue)" } ?? ""
        return Response(status: 303, contentType: "", headers: [Header("Location", link.text + mark)], body: .bytes([]))
    }

    /// For a wish that no page could show in its place.
    package static func refusal(_ refused: Refused, _ desk: PageDesk) -> Response {
        let title =
            switch refused.reason {
            case .unknown: "There is nothing here"
            case .forbidden: "This cannot be done now"
            case .wrong: "This cannot be right"
            case .surroundings: "This does not work at the moment"
            case .damage: "The ledger is damaged"
            }
        let body: HTML = """
            <h1>\(title)</h1><p>\(Words.plain(refused.sentence))</p><p><a href="/">To what is going on now</a></p>
            """
        return Frame(title: title).page(desk, body, status: refused.status)
    }

    /// For a page that the caller's role does not have.
    package static func notAllowed(_ desk: PageDesk) -> Response {
        let body: HTML = """
            <h1>This page is not for your account</h1><p>Ask somebody of operations if you need it.</p><p><a href="/">To your files</a></p>
            """
        return Frame(title: "Not for your account").page(desk, body, status: 403)
    }
}

extension Refused {
    var status: Int {
        switch reason {
        case .unknown: 404
        case .forbidden: 409
        case .wrong: 422
        case .surroundings: 503
        case .damage: 500
        }
    }
}

/// What a step has done, told on the page that follows it.
enum Done: String, CaseIterable {
    case approved, retried, cancelled, undone, deleted, corrected, dismissed, mapped, merged, split, permitted, forbidden, saved, invited
    case switched, rebooked

    init?(_ request: Request) {
        guard let word = request.asked("done"), let done = Done(rawValue: word) else { return nil }
        self = done
    }

    var sentence: String {
        switch self {
        case .approved: "Taken in. The sales are in the books."
        case .retried: "The file is read again from its beginning."
        case .cancelled: "Cancelled. None of its sales are in the books."
        case .undone: "Undone. Its sales are out of the books, and those whose place they took are back."
        case .deleted: "The record is deleted. Its sales stay in the books."
        case .corrected: "Corrected. The row counts like any other now."
        case .dismissed: "Dismissed. The row is no sale."
        case .mapped: "Mapped. What waited for it is taken up by itself."
        case .merged: "The two are one now."
        case .split: "The two are two again."
        case .permitted: "Uploads are switched on."
        case .forbidden: "Uploads are switched off."
        case .saved: "Saved."
        case .invited: "The account is made."
        case .switched: "The account is changed."
        case .rebooked: "Booked anew."
        }
    }
}

/// The fields of a form that was sent.
struct Form {
    private let fields: [Header]

    init(_ request: Request) throws(Refused) {
        guard let fields = request.form else { throw Refused(.wrong, "This form cannot be read.") }
        self.fields = fields
    }

    /// Nil where it is not there or empty; blanks around it are left out.
    subscript(name: String) -> String? {
        guard let value = fields.first(where: { $0.name == name })?.value else { return nil }
        let words = value.drop(while: \.isWhitespace)
        let end = words.lastIndex { !$0.isWhitespace }
        return end.map { String(words[...$0]) }
    }

    func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    func has(_ name: String) -> Bool { fields.contains { $0.name == name } }
}
