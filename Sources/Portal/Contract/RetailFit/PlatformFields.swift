import Accounts
import Texts
import Web

/// The members of a body of D. All that is wrong is told at once, by the member's name.
struct PlatformFields {
    private let body: JSONValue
    private var details: [JSONValue.Member] = []

    /// In bytes.
    private static let longestText = 2000

    init(_ call: Call) throws(Denial) {
        do throws(Denial) { body = try call.object() } catch { throw Denial.invalidInput([.init("body", .text("not a JSON object"))]) }
    }

    mutating func note(_ name: String, _ fault: String) { details.append(JSONValue.Member(name, .text(fault))) }

    func has(_ name: String) -> Bool { body[name] != nil }

    func items(_ name: String) -> [JSONValue]? { body[name]?.items }

    /// Nil where it is not there, or is wrong.
    mutating func text(_ name: String) -> String? {
        guard let value = body[name] else { return nil }
        guard let text = value.text else {
            note(name, "not a text")
            return nil
        }
        guard text.utf8.count <= Self.longestText else {
            note(name, "longer than \(Self.longestText) bytes")
            return nil
        }
        guard !text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) else {
            note(name, "holds control characters")
            return nil
        }
        return text
    }

    mutating func filled(_ name: String) -> String {
        guard has(name) else {
            note(name, "missing")
            return ""
        }
        guard let text = text(name) else { return "" }
        if text.allSatisfy(\.isWhitespace) { note(name, "empty") }
        return text
    }

    mutating func address(_ name: String) -> String? {
        guard let text = text(name) else { return nil }
        if EmailAddress(text) == nil { note(name, "not an address") }
        return text
    }

    mutating func link(_ name: String) -> String? {
        guard let text = text(name) else { return nil }
        if !text.isLink { note(name, "not a link such as https://example.com") }
        return text
    }

    /// Not below zero.
    mutating func count(_ name: String) -> Int? {
        guard let value = body[name] else { return nil }
        guard let whole = value.whole, (0...1_000_000_000).contains(whole) else {
            note(name, "not a whole number from 0")
            return nil
        }
        return Int(whole)
    }

    func done() throws(Denial) {
        if !details.isEmpty { throw Denial.invalidInput(details) }
    }
}

extension Denial {
    static func invalidInput(_ details: [JSONValue.Member]) -> Denial { Denial(400, "Invalid input data", details: details) }
    static let nothingHere = Denial(404, "Nothing here")
    static let alreadyTaken = Denial(409, "Already taken")
}

extension String {
    fileprivate var isLink: Bool {
        let lower = lowercased()
        guard let scheme = ["https://", "http://"].first(where: { lower.hasPrefix($0) }) else { return false }
        let rest = lower.dropFirst(scheme.count)
        return !rest.isEmpty && !rest.hasPrefix("/") && !rest.contains(where: \.isWhitespace)
    }
}

extension Response {
    /// D's answer without a message of its own.
    static func data(_ data: JSONValue) -> Response { .json(["success": .bool(true), "data": data]) }
}

extension Call {
    /// A number in the path; what is none is nobody's id.
    func platformID(_ name: String) throws(Denial) -> Int64 {
        let text = pathPart(name)
        guard let id = Int64(text), id > 0, text.utf8.allSatisfy({ (48...57).contains($0) }) else { throw .nothingHere }
        return id
    }

    /// `page` and `limit`, from 1.
    func platformPage() throws(Denial) -> (page: Int, limit: Int, offset: Int) {
        var details: [JSONValue.Member] = []
        func number(_ name: String, _ standard: Int, _ most: Int) -> Int {
            do throws(Denial) { return try self.number(name, default: standard, in: 1...most) } catch {
                details.append(JSONValue.Member(name, .text(error.text.replacing("\(name) ", with: ""))))
                return standard
            }
        }
        let (page, limit) = (number("page", 1, 1_000_000_000), number("limit", 20, 1000))
        guard details.isEmpty else { throw .invalidInput(details) }
        return (page, limit, (page - 1) * limit)
    }

    func pagination(_ page: (page: Int, limit: Int, offset: Int), of total: Int) -> JSONValue {
        [
            "current_page": .number(page.page), "total_pages": .number((total + page.limit - 1) / page.limit),
            "total_items": .number(total),
            "items_per_page": .number(page.limit),
        ]
    }
}
