import Accounts
import Foundation
import Testing
import Web

@testable import Portal

/// Pages of the whole HTTP side, and their forms as a browser sends them.
extension PortalStage {
    func page(_ path: String, by token: String? = nil) throws -> Answered {
        try ask(.get, path, cookie: token.map { "sellout_session=\($0)" })
    }

    /// With the token of the form that was sent to this session, or with another one.
    func send(_ path: String, _ fields: [String: String], by token: String, csrf: String? = nil) throws -> Answered {
        let good = try portal.gate.caller(token: token).map { portal.gate.csrf(for: $0) }
        return try ask(.post, path, body: Self.body(fields, csrf ?? good), cookie: "sellout_session=\(token)")
    }

    static func body(_ fields: [String: String], _ csrf: String?) -> [UInt8] {
        func escaped(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
        var fields = fields
        fields["csrf"] = csrf
        return Array(fields.map { "\(escaped($0.key))=\(escaped($0.value))" }.joined(separator: "&").utf8)
    }
}

extension Answered {
    var location: String? { headers.first { $0.name == "Location" }?.value }

    /// The value of a cookie that was set.
    func cookie(_ name: String) -> String? {
        headers.filter { $0.name == "Set-Cookie" }.compactMap { header in
            header.value.hasPrefix("\(name)=") ? String(header.value.dropFirst(name.count + 1).prefix { $0 != ";" }) : nil
        }.first
    }

    /// What stands in the field of that name; nil where it is not there.
    func field(_ name: String) -> String? {
        text.matches(of: /<input [^>]*>/).map { String($0.output) }.first { $0.contains(" name=\"\(name)\"") }.map { tag in
            tag.firstMatch(of: /\svalue="([^"]*)"/).map { String($0.output.1) } ?? ""
        }
    }

    /// What is said to be wrong beside that field of that form; nil where nothing is.
    func fault(_ field: String) -> String? {
        guard let start = text.range(of: "id=\"\(field)-wrong\">✕ ") else { return nil }
        return String(text[start.upperBound...].prefix { $0 != "<" })
    }
}
