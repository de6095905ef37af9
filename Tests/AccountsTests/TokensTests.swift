import Batches
import Chances
import Foundation
import Testing

@testable import Accounts

@Suite struct TokensTests {
    private let tokens = Samples.tokens

    private func refusal(_ token: String, by other: Tokens? = nil, at now: Timestamp = Samples.now) -> BadToken? {
        do throws(BadToken) {
            _ = try (other ?? tokens).verify(token, at: now)
            return nil
        } catch { return error }
    }

    @Test func `an issued token names its user for a day and is good for them`() throws {
        let claims = try tokens.verify(tokens.issue(for: Samples.user, at: Samples.now), at: Samples.now)
        #expect(claims.issuer == .ourselves && claims.userID == 41 && claims.email == "ines@costa.example" && claims.role == .reseller)
        #expect(claims.issuedAt == Samples.seconds && claims.expires == Samples.seconds + 86_400)
        #expect(claims.tenant == "bibbi" && claims.reseller == "costa" && claims.areStillGood(for: Samples.user))
    }

    @Test func `two tokens of one moment differ, and so do their forms' secrets`() {
        let (one, other) = (tokens.issue(for: Samples.user, at: Samples.now), tokens.issue(for: Samples.user, at: Samples.now))
        #expect(one != other && tokens.csrf(for: one) != tokens.csrf(for: other))
    }

    @Test func `a token with the contract's claims alone is good`() throws {
        let claims = try tokens.verify(Samples.token(claims: Samples.claims()), at: Samples.now)
        #expect(claims.areStillGood(for: Samples.user) && claims.tenant == nil && claims.epoch == nil)
    }

    @Test(arguments: [(1, 1), (365, 365), (4000, 365), (0, 0), (-5, 0), (Int.max, 365)])
    func `a token is good for as many days as were asked for, a year at most`(asked: Int, got: Int) throws {
        let token = tokens.issue(for: Samples.user, days: asked, at: Samples.now)
        #expect(try tokens.verify(token, at: Samples.now).expires == Samples.seconds + Int64(got) * 86_400)
    }

    @Test(arguments: [
        (#"{"alg":"none"}"#, BadToken.algorithm), (#"{"alg":"None"}"#, .algorithm), (#"{"alg":"hs256"}"#, .algorithm),
        (#"{"alg":"HS512"}"#, .algorithm), (#"{"alg":"RS256"}"#, .algorithm), (#"{"alg":""}"#, .algorithm), (#"{}"#, .algorithm),
        (#"{"alg":null}"#, .algorithm), (#"{"alg":["HS256"]}"#, .malformed), (#"{"alg":"HS256","alg":"HS256"}"#, .malformed),
        (#"{"alg":"none","alg":"HS256"}"#, .malformed), (#"{"alg":"HS256","crit":["exp"]}"#, .malformed),
        (#"{"alg":"HS256","crit":[]}"#, .malformed), (#"{"alg":"HS256","typ":"at+jwt"}"#, .malformed), (#"["HS256"]"#, .malformed),
        (#"{"alg":"HS256"} {}"#, .malformed), ("HS256", .malformed), ("", .malformed),
        (String(repeating: "[", count: 1000), .malformed),
    ])
    func `a header that is not ours is refused although the signature is right`(header: String, expected: BadToken) {
        #expect(refusal(Samples.token(header: header, claims: Samples.claims())) == expected)
    }

    @Test(
        arguments: [
            (["exp": "\(Samples.seconds - 60)"], BadToken.expired), (["exp": "0"], .expired), (["exp": "-1"], .expired),
            (["exp": "\(Int64.min)"], .expired), (["exp": nil], .malformed), (["exp": "null"], .malformed),
            (["exp": "\(Int64.max)"], .malformed), (["exp": "9223372036854775808"], .malformed), (["exp": "1e300"], .malformed),
            (["exp": "1745086400.0"], .malformed), (["exp": "1.7450864e9"], .malformed), (["exp": "\"1745086400\""], .malformed),
            (["exp": "true"], .malformed), (["exp": "\(Samples.seconds + 366 * 86_400)"], .malformed),
            (["iat": nil], .malformed), (["iat": "\(Samples.seconds + 61)"], .notYetValid), (["iat": "\(Int64.max)"], .notYetValid),
            (["iat": "0.5"], .malformed), (["nbf": "\(Samples.seconds + 61)"], .notYetValid), (["nbf": "\(Int64.max)"], .notYetValid),
            (["nbf": "\"soon\""], .malformed), (["user_id": nil], .malformed), (["user_id": "\"41\""], .malformed),
            (["user_id": "41.5"], .malformed), (["email": nil], .malformed), (["email": "41"], .malformed),
            (["email": "\"ines\""], .malformed),
            (["role": nil], .malformed), (["role": "\"king\""], .malformed), (["role": "[\"admin\"]"], .malformed),
            (["tenant": "7"], .malformed), (["reseller": "{}"], .malformed), (["epoch": "\"0\""], .malformed),
        ] as [([String: String?], BadToken)])
    func `claims that cannot be right are refused although the signature is`(change: [String: String?], expected: BadToken) {
        #expect(refusal(Samples.token(claims: Samples.claims(change))) == expected)
    }

    @Test(
        arguments: [
            ["exp": "\(Samples.seconds - 59)"], ["iat": "\(Samples.seconds + 60)"], ["nbf": "\(Samples.seconds + 60)"], ["iat": "-5"],
            ["role": "\"RESELLER\""], ["email": "\"Ines@Costa.EXAMPLE\""], ["company_id": nil], ["other": "[[{}]]"],
        ] as [[String: String?]])
    func `within a minute of leeway and in any case of letters a token is good`(change: [String: String?]) {
        #expect(refusal(Samples.token(claims: Samples.claims(change))) == nil)
    }

    @Test(arguments: [
        "", "{", "[]", "null", "41", "\"exp\"", "{}{}", "{\"exp\":1,}", String(repeating: "{\"a\":", count: 900),
        Samples.claims().replacing("}", with: ",\"role\":\"admin\"}"), Samples.claims().replacing("}", with: ",\"exp\":1845000000}"),
    ])
    func `what is no set of claims, or names one twice, is refused although it is signed`(claims: String) {
        #expect(refusal(Samples.token(claims: claims)) == .malformed)
    }

    @Test func `a signature by another key, cut short or changed in any place is refused`() {
        #expect(refusal(Samples.token(claims: Samples.claims(), key: Array(repeating: 7, count: 32))) == .signature)
        #expect(refusal(Samples.token(claims: Samples.claims(), key: [])) == .signature)
        let token = tokens.issue(for: Samples.user, at: Samples.now)
        for count in 0..<token.utf8.count { #expect(refusal(String(token.prefix(count))) != nil) }
        for place in token.utf8.indices {
            for letter in ["A", "b", "-", ".", "=", "\0", "é"] {
                let changed = token.utf8[..<place].map { $0 } + Array(letter.utf8) + token.utf8[place...].dropFirst().map { $0 }
                let other = String(decoding: changed, as: UTF8.self)
                #expect(other == token || refusal(other) != nil)
            }
        }
    }

    @Test func `a token that is padded, in parts too few or too many, or too large is refused`() {
        let token = tokens.issue(for: Samples.user, at: Samples.now)
        let parts = token.split(separator: ".").map(String.init)
        for bad in [
            token + "=", token + ".", "." + token, token + "." + parts[2], parts[0] + "." + parts[1], "..",
            "", ".", " " + token, token + " ", token + "\n", "Bearer " + token, token.replacing(".", with: "/"),
            String(repeating: "A", count: 1 << 20), String(repeating: ".", count: 1 << 20), token + String(repeating: "A", count: 8192),
        ] { #expect(refusal(bad) == .malformed) }
        #expect(refusal(parts[0] + "." + parts[1] + ".") == .signature)
        #expect(refusal(Samples.token(claims: Samples.claims(["x": "\"" + String(repeating: "x", count: 8192) + "\""]))) == .malformed)
    }

    /// The last letter of 32 bytes holds four bits that say nothing.
    @Test func `a second spelling of the same signature is refused`() throws {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let token = tokens.issue(for: Samples.user, at: Samples.now)
        let letter = try #require(token.last)
        let last = try #require(letters.firstIndex(of: letter))
        #expect(last % 4 == 0)
        for more in 1...3 { #expect(refusal(token.dropLast() + String(letters[last + more])) == .malformed) }
    }

    @Test func `chance bytes are refused, and never trap`() {
        var chance = Chance(seed: 10)
        let good = Array(tokens.issue(for: Samples.user, at: Samples.now).utf8)
        let header = Base64URL.text(of: #"{"alg":"HS256"}"#.utf8)
        for round in 0..<20_000 {
            var bytes = (0..<Int.random(in: 0..<300, using: &chance)).map { _ in UInt8.random(in: .min ... .max, using: &chance) }
            switch round % 4 {
            case 0: break
            case 1: bytes = Array((header + "." + Base64URL.text(of: bytes) + "." + Base64URL.text(of: bytes.prefix(32))).utf8)
            case 2: bytes = Array(Samples.token(claims: String(decoding: bytes, as: UTF8.self)).utf8)
            default:
                bytes = good
                for _ in 0..<Int.random(in: 1..<4, using: &chance) {
                    bytes[Int.random(in: 0..<bytes.count, using: &chance)] ^= UInt8.random(in: 1...255, using: &chance)
                }
            }
            if bytes != good { #expect(refusal(String(decoding: bytes, as: UTF8.self)) != nil) }
        }
    }

    @Test func `a form's secret fits its own session and nothing else`() {
        let session = tokens.issue(for: Samples.user, at: Samples.now)
        let secret = tokens.csrf(for: session)
        #expect(tokens.csrf(secret, fits: session))
        #expect(!tokens.csrf(secret, fits: tokens.issue(for: Samples.user, at: Samples.now)))
        for bad in ["", "A", secret + "=", String(secret.dropLast()), secret + "A", String(repeating: "A", count: 1 << 20)] {
            #expect(!tokens.csrf(bad, fits: session))
        }
        #expect(!Tokens(key: TokenKey(bytes: Array(repeating: 1, count: 32))).csrf(secret, fits: session))
    }
}

/// Tokens of another service, signed with its RSA key.
@Suite struct OtherIssuerTests {
    private let tokens: Tokens

    init() throws { tokens = Tokens(key: Samples.key, issuersKey: try IssuersKey(pem: Array(OtherIssuer.pem.utf8))) }

    @Test func `its token names the user by the address, whatever its numbers are`() throws {
        let claims = try tokens.verify(OtherIssuer.token, at: Samples.now)
        #expect(claims.issuer == .another && claims.email == "ines@costa.example" && claims.userID == nil && claims.role == .operator)
        var user = Samples.user
        user.role = .operator
        user.reseller = nil
        #expect(claims.areStillGood(for: user))
        #expect(!claims.areStillGood(for: Samples.user))
    }

    @Test func `without its key configured the same token is refused`() {
        #expect(throws: BadToken.algorithm) { try Samples.tokens.verify(OtherIssuer.token, at: Samples.now) }
    }

    @Test func `its token under another's key, or changed, is refused`() throws {
        let others = Tokens(key: Samples.key, issuersKey: try IssuersKey(pem: Array(RFC7515.rsaKey.utf8)))
        #expect(throws: BadToken.signature) { try others.verify(OtherIssuer.token, at: Samples.now) }
        let parts = OtherIssuer.token.split(separator: ".").map(String.init)
        let claims = Base64URL.text(of: Samples.claims().utf8)
        #expect(throws: BadToken.signature) { try tokens.verify("\(parts[0]).\(claims).\(parts[2])", at: Samples.now) }
    }

    /// Who takes the header's word for the algorithm checks a MAC whose key everybody knows.
    @Test(arguments: [OtherIssuer.pem, OtherIssuer.pem + "\n"])
    func `the public key as a secret for HS256 signs nothing`(pem: String) {
        let forged = Samples.token(claims: Samples.claims(), key: Array(pem.utf8))
        #expect(throws: BadToken.signature) { try tokens.verify(forged, at: Samples.now) }
    }

    @Test func `an RS256 header with our own MAC is refused`() {
        let forged = Samples.token(header: #"{"alg":"RS256"}"#, claims: Samples.claims())
        #expect(throws: BadToken.signature) { try tokens.verify(forged, at: Samples.now) }
    }

    @Test func `our own tokens are good beside it`() throws {
        let claims = try tokens.verify(tokens.issue(for: Samples.user, at: Samples.now), at: Samples.now)
        #expect(claims.issuer == .ourselves)
    }

    @Test func `its key is read from a file, and a file that is none is named`() throws {
        let folder = try Samples.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data(OtherIssuer.pem.utf8).write(to: URL(fileURLWithPath: folder + "/issuer.pem"))
        try Data().write(to: URL(fileURLWithPath: folder + "/empty.pem"))
        let tokens = Tokens(key: Samples.key, issuersKey: try IssuersKey(path: folder + "/issuer.pem"))
        #expect(try tokens.verify(OtherIssuer.token, at: Samples.now).issuer == .another)
        for bad in ["/empty.pem", "/missing.pem", ""] {
            let fault = #expect(throws: KeyFault.self) { try IssuersKey(path: folder + bad) }
            #expect(fault?.description.contains(folder + bad) == true)
        }
    }

    @Test(arguments: [
        "", "no key", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        // RSA with 1,024 bits.
        """
        -----BEGIN PUBLIC KEY-----
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC5wPEl+vbvY9MRuPoAxTsZHsI3
        u/jIjme6JnuhRR76RQfEuw7xg1hLcYn8rq9Gvc4lNyiRSEuQrrhG9kte4w409E+E
        qD23n3YLt1IVuptxD23DycidU6On4Xpp3mLPDSarqHVUJKDL2i8WJPPzhBmaSijj
        pI8rJtKNBQil2Bp6WwIDAQAB
        -----END PUBLIC KEY-----
        """,
        // An elliptic curve.
        """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEIXPqPY2wEJ6bt+hwafOHmywzsLBg
        +TJXixftPtagYJmC8gMq/NYescvmz0/wYo5mqt4z3I4UlV8ZItvSC7ubUw==
        -----END PUBLIC KEY-----
        """,
    ])
    func `a file that holds no strong RSA key is refused with a sentence`(pem: String) {
        #expect(throws: KeyFault.self) { try IssuersKey(pem: Array(pem.utf8)) }
    }
}

/// Whether the named user may still use a token that is right in itself.
@Suite struct StillGoodTests {
    private func claims(_ user: User = Samples.user) -> Claims { Claims(for: user, days: 1, now: Samples.now) }

    @Test(
        arguments: [
            { $0.isActive = false }, { $0.email = "other@costa.example" }, { $0.id = 42 }, { $0.role = .operator },
            { $0.reseller = "boots" },
            { $0.reseller = nil }, { $0.tokenEpoch = 1 }, { $0.tokenEpoch = Samples.now.milliseconds },
        ] as [@Sendable (inout User) -> Void])
    func `a token ends when its user is switched off, is another, or has changed`(change: @Sendable (inout User) -> Void) {
        var user = Samples.user
        change(&user)
        #expect(!claims().areStillGood(for: user) && claims(user).areStillGood(for: user) == user.isActive)
    }

    @Test func `a name may change`() {
        var user = Samples.user
        user.firstName = "Inês"
        #expect(claims().areStillGood(for: user))
    }

    @Test(arguments: [(Samples.seconds * 1000, true), (Samples.seconds * 1000 + 1, false), (0, true)])
    func `a token without an epoch must have been issued after the user's last one began`(epoch: Int64, expected: Bool) throws {
        let claims = try Samples.tokens.verify(Samples.token(claims: Samples.claims()), at: Samples.now)
        var user = Samples.user
        user.tokenEpoch = epoch
        #expect(claims.areStillGood(for: user) == expected)
    }

    @Test func `moments that no clock shows end a token and do not trap`() {
        var claims = claims()
        claims.epoch = nil
        for moment in [Int64.min, -1, .max] {
            claims.issuedAt = moment
            #expect(!claims.areStillGood(for: Samples.user))
        }
    }
}

@Suite struct SigningTests {
    @Test func `the published HMAC comes out`() throws {
        let key = try #require(Base64URL.bytes(of: RFC7515.hmacKey.utf8))
        #expect(Base64URL.text(of: Signing.hmac(RFC7515.hmacMessage.utf8, key: key)) == RFC7515.hmac)
    }

    @Test func `the published RSA signature is found right, and with one bit changed wrong`() throws {
        let key = try IssuersKey(pem: Array(RFC7515.rsaKey.utf8))
        var signature = try #require(Base64URL.bytes(of: RFC7515.rsa.utf8))
        #expect(key.hasSigned(RFC7515.rsaMessage.utf8, signature))
        #expect(!key.hasSigned(RFC7515.hmacMessage.utf8, signature) && !key.hasSigned(RFC7515.rsaMessage.utf8, []))
        signature[100] ^= 1
        #expect(!key.hasSigned(RFC7515.rsaMessage.utf8, signature))
    }

    @Test func `codes are equal where all of their bytes are, and an empty one equals nothing`() {
        #expect(Signing.areEqual([1, 2], [1, 2]) && !Signing.areEqual([1, 2], [1, 3]) && !Signing.areEqual([1, 2], [1]))
        #expect(!Signing.areEqual([], []))
    }

    /// RFC 4648, 10, without padding.
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
    ])
    func `base64url is written and read as published`(plain: String, text: String) {
        #expect(Base64URL.text(of: plain.utf8) == text && Base64URL.bytes(of: text.utf8) == Array(plain.utf8))
    }

    @Test(arguments: ["A", "AAAAA", "Zh", "Zm9=", "Zg==", "Z g", "Zm+v", "Zm/v", "Zm9v\n", "é"])
    func `what nobody writes as base64url is none`(text: String) { #expect(Base64URL.bytes(of: text.utf8) == nil) }
}
