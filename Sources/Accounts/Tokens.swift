import Batches
import Texts

/// Why a token is refused. All of it is one answer to whoever sent it; the access log may tell them apart.
package enum BadToken: String, Error, Hashable, Sendable {
    /// No token at all, or one that nobody of ours writes.
    case malformed
    /// Another `alg` than its key's, or one that is not configured.
    case algorithm
    case signature
    case expired
    case notYetValid
}

/// Issues and verifies the tokens by which callers are known: JSON Web Tokens (RFC 7519) in their compact form.
package struct Tokens: Sendable {
    private let key: TokenKey
    private let issuersKey: IssuersKey?

    /// Larger ones are not looked at.
    private static let largest = 8192

    /// `issuersKey`: of another service whose tokens (RS256) are taken too. They name the user by `email`.
    package init(key: TokenKey, issuersKey: IssuersKey? = nil) {
        self.key = key
        self.issuersKey = issuersKey
    }

    /// Good for a day where nothing else is said.
    package func issue(for user: User, days: Int = 1, at now: Timestamp) -> String {
        issue(Claims(for: user, days: days, now: now))
    }

    func issue(_ claims: Claims) -> String {
        let header: JSONValue = ["alg": .text("HS256"), "typ": .text("JWT")]
        let message = [header, claims.json].map { Base64URL.text(of: JSONText.bytes(of: $0)) }.joined(separator: ".")
        return message + "." + Base64URL.text(of: Signing.hmac(message.utf8, key: key.bytes))
    }

    /// What a token says, if one of the configured keys has signed it and its times are right.
    package func verify(_ token: String, at now: Timestamp) throws(BadToken) -> Claims {
        guard token.utf8.count <= Tokens.largest else { throw .malformed }
        let parts = token.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.bytes(of: parts[0]), let payload = Base64URL.bytes(of: parts[1]),
            let signature = Base64URL.bytes(of: parts[2])
        else { throw .malformed }
        let message = token.utf8[..<parts[1].endIndex]
        let issuer = try issuer(header)
        switch issuer {
        case .ourselves:
            guard Signing.areEqual(Signing.hmac(message, key: key.bytes), signature) else { throw .signature }
        case .another:
            guard let issuersKey else { throw .algorithm }
            guard issuersKey.hasSigned(message, signature) else { throw .signature }
        }
        let claims = try Claims(try Tokens.json(payload), issuer: issuer)
        try claims.confirmTimes(at: now)
        return claims
    }

    /// Each key has its one algorithm, so that a header chooses among our keys and never how one of them is used.
    private func issuer(_ header: [UInt8]) throws(BadToken) -> Claims.Issuer {
        let members = try TokenMembers(try Tokens.json(header))
        // RFC 7515, 4.1.11: who does not understand what is listed there must refuse. We understand nothing of that kind.
        guard !members.has("crit") else { throw .malformed }
        if let type = try members.text("typ"), type.lowercased() != "jwt" { throw .malformed }
        switch try members.text("alg") {
        case "HS256": return .ourselves
        case "RS256" where issuersKey != nil: return .another
        default: throw .algorithm
        }
    }

    private static func json(_ bytes: [UInt8]) throws(BadToken) -> JSONValue {
        do throws(NotJSON) { return try JSONValue(reading: bytes) } catch { throw .malformed }
    }
}

/// What a form bears, so that no other site can send it in a signed-in person's name.
extension Tokens {
    /// `session` is the session's token.
    package func csrf(for session: String) -> String { Base64URL.text(of: code(for: session)) }

    package func csrf(_ given: String, fits session: String) -> Bool {
        guard given.utf8.count <= 64, let given = Base64URL.bytes(of: given.utf8) else { return false }
        return Signing.areEqual(given, code(for: session))
    }

    /// No token begins so: what is signed as the one is never taken for the other.
    private func code(for session: String) -> [UInt8] { Signing.hmac(Array("csrf\0".utf8) + Array(session.utf8), key: key.bytes) }
}
