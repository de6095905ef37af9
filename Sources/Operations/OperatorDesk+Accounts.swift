import Accounts
import Batches
import Ledger

/// Accounts that people open themselves, invitations, and passwords set by a link in a mail.
extension OperatorDesk {
    /// Somebody enters themselves, so the audit log names them. The password was hashed before anything was asked of the ledger.
    package func register(_ user: NewUser, passwordHash: String) throws(Refused) -> User {
        let deed = Deed(actor: user.email.text, reason: "registered", at: clock())
        return try ask { () throws(LedgerFault) in try ledger.enter(user, passwordHash: passwordHash, by: deed) }
    }

    package func invite(_ user: NewUser) throws(Refused) -> Invited {
        let token = try Self.token()
        let deed = deed()
        let link = AccountLink(.invitation, token, at: deed.at)
        return Invited(user: try ask { () throws(LedgerFault) in try ledger.invite(user, link, by: deed) }, token: token)
    }

    /// Who was invited and has not come, by their number: until when they may, or might have.
    package func invitations() throws(Refused) -> [Int64: Timestamp] {
        try ask { () throws(LedgerFault) in try ledger.invitations() }
    }

    /// A link by which they set a new password; nil where nobody of this tenant signs in by this address and a password.
    package func resetLink(for email: EmailAddress, tenant: String) throws(Refused) -> LinkToken? {
        let known = try ask { () throws(LedgerFault) in try ledger.credentials(email: email) }
        guard let known, known.passwordHash != nil, known.user.isActive, known.user.tenant == tenant else { return nil }
        let token = try Self.token()
        let deed = deed()
        let link = AccountLink(.reset, token, at: deed.at)
        try ask { () throws(LedgerFault) in try ledger.enter(link, for: known.user, by: deed) }
        return token
    }

    /// Nil for a link that is no more good, or never was.
    package func holder(ofLink token: String) throws(Refused) -> LinkHolder? {
        guard let hash = LinkToken(token)?.hash else { return nil }
        let now = clock()
        return try ask { () throws(LedgerFault) in try ledger.holder(ofLink: hash, at: now) }
    }

    /// The same; of two who follow one link at a time one is late.
    package func follow(link token: String, passwordHash: String) throws(Refused) -> User? {
        guard let hash = LinkToken(token)?.hash else { return nil }
        let now = clock()
        return try ask { () throws(LedgerFault) in try ledger.follow(link: hash, passwordHash: passwordHash, at: now) }
    }

    private static func token() throws(Refused) -> LinkToken {
        do throws(PasswordRefused) { return try LinkToken() } catch { throw Refused(error) }
    }
}

/// Somebody who was invited, and the secret for the mail that tells them.
package struct Invited: Sendable {
    package let user: User
    package let token: LinkToken
}

/// Who works with whom.
extension OperatorDesk {
    package func user(id: Int64) throws(Refused) -> User? {
        try ask { () throws(LedgerFault) in try ledger.user(id: id) }
    }

    package func isTaken(_ email: EmailAddress) throws(Refused) -> Bool {
        try ask { () throws(LedgerFault) in try ledger.user(email: email) } != nil
    }

    package func everybody(in tenant: String) throws(Refused) -> [User] { try users(UserFilter(tenant: tenant, limit: .max)) }

    /// Those of the same brand or retailer. Of somebody who runs the installation: those who run it too.
    package func colleagues(of user: User) throws(Refused) -> [User] {
        if let company = user.company { return try users(UserFilter(tenant: user.tenant, company: company, limit: .max)) }
        guard user.role.operates else { return [] }
        return try everybody(in: user.tenant).filter { $0.role.operates && $0.company == nil }
    }
}
