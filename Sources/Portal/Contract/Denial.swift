import Texts
import Web

/// Why a call is not answered as asked: the status and the contract's text.
struct Denial: Error, Sendable {
    let status: Int
    let text: String
    var headers: [Header] = []
    var details: [JSONValue.Member] = []
    /// D's word for it, where the status alone does not say it.
    var code: String?

    init(_ status: Int, _ text: String, headers: [Header] = [], details: [JSONValue.Member] = []) {
        self.status = status
        self.text = text
        self.headers = headers
        self.details = details
    }

    /// D's.
    static let wrongInput = Denial(400, "Invalid input data")
    static let taken = Denial(409, "Already taken")

    static func slowDown(seconds: Int) -> Denial { Denial(429, "Slow down", headers: [Header("Retry-After", String(max(1, seconds)))]) }
    static let queueFull = Denial(503, "Processing queue is full. Try again later.", headers: [Header("Retry-After", "60")])
}
