import Foundation

/// An answer, as a value.
package struct Response: Hashable, Sendable {
    /// What the answer consists of. Bytes in memory today; a file or a stream will be further cases.
    package enum Body: Hashable, Sendable {
        case bytes(Data)
    }

    package var status: Int
    package var contentType: String
    /// Beside the content type and the ones that every answer bears.
    package var headers: [Header]
    package var body: Body

    package init(status: Int = 200, contentType: String, headers: [Header] = [], body: Body) {
        self.status = status
        self.contentType = contentType
        self.headers = headers
        self.body = body
    }

    package static func text(_ text: String, contentType: String = "text/plain; charset=utf-8") -> Response {
        Response(contentType: contentType, body: .bytes(Data(text.utf8)))
    }

    package static func json(_ value: some Encodable, status: Int = 200) -> Response {
        do {
            return Response(status: status, contentType: "application/json", body: .bytes(try JSONForm.encode(value)))
        } catch {
            // A number that JSON cannot write, such as an infinite one, is our mistake and not the client's.
            let sentence = #"{"error":"This answer cannot be written."}"#
            return Response(status: 500, contentType: "application/json", body: .bytes(Data(sentence.utf8)))
        }
    }

    /// A refusal with one sentence for the person who asked.
    package static func refusal(_ status: Int, _ sentence: String, headers: [Header] = []) -> Response {
        var response = json(["error": sentence], status: status)
        response.headers = headers
        return response
    }
}

extension Response {
    /// On every answer: nothing is guessed, kept, framed, or run that we did not send.
    static let everyAnswer = [
        Header("X-Content-Type-Options", "nosniff"),
        Header("Cache-Control", "no-store"),
        Header("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        Header("Cross-Origin-Resource-Policy", "same-origin"),
        Header("Referrer-Policy", "no-referrer"),
    ]

    /// All headers; one that the response sets itself stands instead of the common one (a dashboard's wider policy).
    var allHeaders: [Header] {
        let own = Set(headers.map { $0.name.lowercased() })
        return [Header("Content-Type", contentType)] + headers + Self.everyAnswer.filter { !own.contains($0.name.lowercased()) }
    }
}
