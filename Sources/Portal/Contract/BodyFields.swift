import Accounts
import Operations
import Texts

/// The members of a JSON body of D, or the fields of the page that asks the same. Each that is wrong is named in the refusal, in words that go
/// on from "this is"; those that nobody asked for are ignored.
struct BodyFields {
    private let body: JSONValue
    private let isObject: Bool
    /// Where every number comes as a text.
    private let isForm: Bool
    private var faults: [JSONValue.Member] = []

    init(_ call: Call) {
        let read = try? call.object()
        isObject = read != nil
        isForm = false
        body = read ?? .object([])
        if !isObject { fault("body", "not a JSON object") }
    }

    /// A field that was left empty says nothing. Passwords are as they were typed, blanks and all.
    init(_ form: Form) {
        (isObject, isForm) = (true, true)
        body = .object(
            form.pairs.compactMap { name, value in
                if name.hasPrefix(Self.password) { return value.isEmpty ? nil : JSONValue.Member(name, .text(value)) }
                return form[name].map { JSONValue.Member(name, .text($0)) }
            })
    }

    private static let password = "password"

    func has(_ name: String) -> Bool { body[name] != nil }

    mutating func fault(_ name: String, _ words: String) { faults.append(JSONValue.Member(name, .text(words))) }

    /// Call last: whatever was wrong is told at once.
    func confirm() throws(Denial) {
        guard faults.isEmpty else { throw Denial(400, Denial.wrongInput.text, details: faults) }
    }

    private mutating func missing(_ name: String) {
        // Of what is no object the whole is wrong, not each part of it.
        if isObject { fault(name, "missing") }
    }
}

/// What is wrong comes back as something empty, and `confirm` throws.
extension BodyFields {
    mutating func text(_ name: String, else words: String = "not a text", _ isGood: (String) -> Bool = { _ in true }) -> String {
        guard let value = body[name] else {
            missing(name)
            return ""
        }
        if let text = value.text, isGood(text) { return text }
        fault(name, words)
        return ""
    }

    mutating func email(_ name: String) -> EmailAddress? {
        EmailAddress(text(name, else: "not an address") { EmailAddress($0) != nil })
    }

    func items(_ name: String) -> [JSONValue]? { body[name]?.items }

    /// One line. Nil where it was not said, or is wrong.
    mutating func line(_ name: String) -> String? {
        guard has(name) else { return nil }
        let line = text(name, else: "not one line of 2,000 bytes at most") {
            $0.utf8.count <= 2000 && !$0.unicodeScalars.contains { $0.value < 32 || $0.value == 127 }
        }
        return line.isEmpty ? nil : line
    }

    /// One line that says something.
    mutating func filled(_ name: String) -> String {
        guard has(name) else {
            missing(name)
            return ""
        }
        let before = faults.count
        let line = line(name) ?? ""
        if line.allSatisfy(\.isWhitespace), faults.count == before { fault(name, "empty") }
        return line
    }

    mutating func address(_ name: String) -> String? { has(name) ? email(name).map { _ in body[name]?.text ?? "" } : nil }

    mutating func link(_ name: String) -> String? {
        guard let line = line(name) else { return nil }
        if !line.isLink { fault(name, "not a link of http or https") }
        return line
    }

    /// Not below zero.
    mutating func count(_ name: String) -> Int? {
        guard let value = body[name] else { return nil }
        let said = isForm ? value.text.flatMap { Int64($0) } : value.whole
        guard let whole = said, (0...1_000_000_000).contains(whole) else {
            fault(name, "not a whole number from 0")
            return nil
        }
        return Int(whole)
    }

    /// Somebody's name, on one line.
    mutating func name(_ name: String) -> String {
        guard has(name) else {
            missing(name)
            return ""
        }
        let bare = phrase(name) ?? ""
        if bare.isEmpty { fault(name, "empty, or not one line of 200 bytes at most") }
        return bare
    }

    /// Nil where it was not said; empty where it is to go.
    mutating func phone(_ name: String) -> String? {
        guard has(name) else { return nil }
        if let bare = phrase(name) { return bare }
        fault(name, "not one line of 200 bytes at most")
        return nil
    }

    private func phrase(_ name: String) -> String? { body[name]?.text.flatMap { try? OperatorDesk.name($0) } }

    /// Read in any case. Nil for what is none of these.
    mutating func role(_ name: String, else words: String, _ isGood: (Role) -> Bool = { _ in true }) -> Role? {
        let text = text(name, else: words) { Role(anyCase: $0).map(isGood) ?? false }
        return Role(anyCase: text)
    }

    /// One that somebody chooses.
    mutating func newPassword(_ name: String) -> String {
        let password = text(name)
        guard body[name]?.text != nil else { return "" }
        do throws(PasswordRefused) { try Passwords.check(password) } catch {
            fault(name, error == .tooShort ? "shorter than \(Passwords.shortest) characters" : "too long")
        }
        return password
    }

    mutating func flag(_ name: String) -> Bool {
        switch body[name] {
        case .bool(let flag)?: return flag
        case nil: missing(name)
        default: fault(name, "neither true nor false")
        }
        return false
    }
}

extension String {
    fileprivate var isLink: Bool {
        let lower = lowercased()
        guard let scheme = ["https://", "http://"].first(where: { lower.hasPrefix($0) }) else { return false }
        let rest = lower.dropFirst(scheme.count)
        return !rest.isEmpty && !rest.hasPrefix("/") && !rest.contains(where: \.isWhitespace)
    }
}
