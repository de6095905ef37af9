import Linux
import Texts

/// An answer, as a value.
package struct Response: Sendable {
    /// What the answer consists of.
    package enum Body: Sendable {
        case bytes([UInt8])
        /// A file from its start, sent by the kernel.
        case file(Descriptor, size: Int64)
    }

    package var status: Int
    package var contentType: String
    /// Beside the content type and those that every answer bears.
    package var headers: [Header]
    package var body: Body
    /// Who was answered, for the access log; it does not go over the wire.
    package var user: String?

    package init(status: Int = 200, contentType: String, headers: [Header] = [], body: Body) {
        self.status = status
        self.contentType = contentType
        self.headers = headers
        self.body = body
    }

    /// No body at all: 204.
    package static let nothing = Response(status: 204, contentType: "", body: .bytes([]))

    package static func text(_ text: String, contentType: String = "text/plain; charset=utf-8", status: Int = 200) -> Response {
        Response(status: status, contentType: contentType, body: .bytes(Array(text.utf8)))
    }

    /// One line; indented where people read it as it comes.
    package static func json(_ value: JSONValue, status: Int = 200, layout: JSONText.Layout = .compact) -> Response {
        var text = JSONText(layout)
        text.write(value)
        text.endLine()
        return Response(status: status, contentType: "application/json", body: .bytes(text.bytes))
    }

    /// A refusal with one sentence for the person who asked.
    package static func refusal(_ status: Int, _ sentence: String, headers: [Header] = []) -> Response {
        var response = json(["error": .text(sentence)], status: status)
        response.headers = headers
        return response
    }
}

extension Response {
    var size: Int {
        switch body {
        case .bytes(let bytes): bytes.count
        case .file(_, let size): Int(clamping: size)
        }
    }

    /// On every answer: the browser guesses nothing, keeps nothing, frames nothing, and runs nothing that we did not send.
    private static let everyAnswer = [
        Header("X-Content-Type-Options", "nosniff"),
        Header("Cache-Control", "no-store"),
        Header("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        Header("Cross-Origin-Resource-Policy", "same-origin"),
        Header("Referrer-Policy", "no-referrer"),
    ]

    /// All headers. One that the response sets itself stands instead of the common one: a page may need a wider policy.
    var allHeaders: [Header] {
        let type = contentType.isEmpty ? [] : [Header("Content-Type", contentType)]
        guard !headers.isEmpty else { return type + Self.everyAnswer }
        let own = Set(headers.map { $0.name.lowercased() })
        return type + headers + Self.everyAnswer.filter { !own.contains($0.name.lowercased()) }
    }
}
