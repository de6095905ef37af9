import Batches
import Texts

/// What a verified token says. It names somebody; whether they may still come in is asked of the ledger, each time.
package struct Claims: Hashable, Sendable {
    /// Whose key has signed it.
    package enum Issuer: Hashable, Sendable { case ourselves, another }

    package var issuer: Issuer
    /// The user's number in our ledger. Nil where another has issued the token: its numbers are not ours, and the e-mail address
    /// names the user.
    package var userID: Int64?
    /// In lower case.
    package var email: String
    /// Nil where another issuer leaves it to our ledger.
    package var role: Role?
    package var companyID: Int64?
    package var companyType: String?
    /// Seconds since 1970, as the other moments.
    package var issuedAt: Int64
    package var notBefore: Int64?
    package var expires: Int64
    package var tenant: String?
    package var reseller: String?
    /// `User.tokenEpoch` when we issued it.
    package var epoch: Int64?
    /// Makes each of our tokens another one.
    package var id: String?
}

extension Claims {
    /// One day, as the contract has it.
    package static let day: Int64 = 86_400
    package static let longestDays = 365

    /// Of a token for `user`, good from `now` on for so many days, `longestDays` at most.
    init(for user: User, days: Int, now: Timestamp) {
        issuer = .ourselves
        userID = user.id
        email = user.email
        role = user.role
        companyID = user.companyID
        companyType = user.companyType
        issuedAt = now.wholeSeconds
        expires = issuedAt + Claims.day * Int64(min(max(days, 0), Claims.longestDays))
        tenant = user.tenant
        reseller = user.reseller
        epoch = user.tokenEpoch
        id = Base64URL.text(of: (0..<12).map { _ in UInt8.random(in: .min ... .max) })
    }

    /// Under the contract's names, and ours behind them.
    var json: JSONValue {
        var members: [(String, JSONValue)] = [
            ("user_id", userID.map(JSONValue.number) ?? .null), ("email", .text(email)), ("role", .optional(role?.rawValue)),
            ("company_id", companyID.map(JSONValue.number) ?? .null), ("company_type", .optional(companyType)),
            ("iat", .number(issuedAt)), ("exp", .number(expires)),
        ]
        if let notBefore { members.append(("nbf", .number(notBefore))) }
        if let tenant { members.append(("tenant", .text(tenant))) }
        if let reseller { members.append(("reseller", .text(reseller))) }
        if let epoch { members.append(("epoch", .number(epoch))) }
        if let id { members.append(("jti", .text(id))) }
        return .object(members.map { JSONValue.Member($0.0, $0.1) })
    }

    init(_ json: JSONValue, issuer: Issuer) throws(BadToken) {
        let members = try TokenMembers(json)
        self.issuer = issuer
        userID = issuer == .ourselves ? try members.needed("user_id", members.whole) : nil
        guard let address = EmailAddress(try members.needed("email", members.text)) else { throw .malformed }
        email = address.text
        let role = try members.text("role")
        self.role = role.flatMap(Role.init(anyCase:))
        guard self.role != nil || (role == nil && issuer == .another) else { throw .malformed }
        companyID = try issuer == .ourselves ? members.whole("company_id") : nil
        companyType = try issuer == .ourselves ? members.text("company_type") : nil
        issuedAt = try members.needed("iat", members.whole)
        notBefore = try members.whole("nbf")
        expires = try members.needed("exp", members.whole)
        tenant = try members.text("tenant")
        reseller = try members.text("reseller")
        epoch = issuer == .ourselves ? try members.whole("epoch") : nil
        id = try members.text("jti")
    }

    /// RFC 8725 leaves the clock's leeway open; a minute covers machines whose clocks are kept.
    private static let leeway: Int64 = 60

    func confirmTimes(at now: Timestamp) throws(BadToken) {
        let now = now.wholeSeconds
        guard expires > now - Claims.leeway else { throw .expired }
        guard issuedAt <= now + Claims.leeway, notBefore ?? .min <= now + Claims.leeway else { throw .notYetValid }
        // Nobody's token is good for longer than our longest.
        guard expires <= now + Claims.leeway + Claims.day * Int64(Claims.longestDays) else { throw .malformed }
    }

    /// Whether `user`, as the ledger knows them at this moment, is the one it was issued to and may still use it. Role and reseller
    /// are the ledger's; a token that says otherwise was issued before they changed.
    package func areStillGood(for user: User) -> Bool {
        guard user.isActive, user.email == email, userID ?? user.id == user.id, role ?? user.role == user.role,
            reseller ?? user.reseller == user.reseller
        else { return false }
        // Ours bear the epoch itself. Of others the second of their issue must lie wholly behind its beginning.
        if let epoch { return epoch == user.tokenEpoch }
        let (issued, overflow) = issuedAt.multipliedReportingOverflow(by: 1000)
        return !overflow && issued >= user.tokenEpoch
    }
}

extension Timestamp {
    /// Since 1970.
    fileprivate var wholeSeconds: Int64 { milliseconds / 1000 }
}

/// The members of a token's header or claims, each of them there once.
struct TokenMembers {
    private let values: [String: JSONValue]

    init(_ json: JSONValue) throws(BadToken) {
        guard case .object(let members) = json else { throw .malformed }
        values = Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        // RFC 7519, 4: "The Claim Names within a JWT Claims Set MUST be unique". Two readers could see two users.
        guard values.count == members.count else { throw .malformed }
    }

    func has(_ name: String) -> Bool { values[name] != nil }

    /// Nil where it is missing or null; of another type it is not for us.
    func text(_ name: String) throws(BadToken) -> String? {
        switch values[name] {
        case nil, .null?: nil
        case .text(let text)?: text
        default: throw .malformed
        }
    }

    /// Written as a whole number: a date with a fraction or an exponent is none of ours.
    func whole(_ name: String) throws(BadToken) -> Int64? {
        switch values[name] {
        case nil, .null?: nil
        case .number(let number)?: number
        default: throw .malformed
        }
    }

    func needed<Value>(_ name: String, _ read: (String) throws(BadToken) -> Value?) throws(BadToken) -> Value {
        guard let value = try read(name) else { throw .malformed }
        return value
    }
}
