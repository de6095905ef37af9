import Operations
import Web

/// One page, or one step that a page offers.
package struct PageRoute: Sendable {
    /// Whom it answers. All of them have signed in.
    package enum Readers: Sendable {
        case everybody, whoHandlesFiles, operators, administrators
        /// Retail fit: retailers see themselves and the catalogue, brands and those who operate see scores too.
        case retailTrade, brands
        /// Who describes a brand, who a retailer, and who invites colleagues: the interface's roles.
        case brandKeepers, retailerKeepers, hosts
    }

    package typealias Answer = @Sendable (Request, PageDesk) throws(Refused) -> Response

    package let method: Request.Method
    package let path: String
    package let readers: Readers
    /// Of a form, in bytes.
    package let bodyLimit: Int
    package let answer: Answer

    static func get(_ path: String, for readers: Readers = .operators, _ answer: @escaping Answer) -> PageRoute {
        PageRoute(method: .get, path: path, readers: readers, bodyLimit: 0, answer: answer)
    }

    static func post(
        _ path: String, for readers: Readers = .operators, bodyLimit: Int = 64 << 10, _ answer: @escaping Answer
    ) -> PageRoute {
        PageRoute(method: .post, path: path, readers: readers, bodyLimit: bodyLimit, answer: answer)
    }
}

extension Response {
    /// Where the browser goes after a step. What was done stands in the address as one word, never as a text.
    static func going(to link: Link, _ done: Done? = nil) -> Response {
        let mark = done.map { (link.text.contains("?") ? "&" : "?") + "done=\($0.rawValue)" } ?? ""
        return Response(status: 303, contentType: "", headers: [Header("Location", link.text + mark)], body: .bytes([]))
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
