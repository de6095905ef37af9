import Accounts
import Batches

/// Who may sign in. Users are never deleted, since batches and the audit log name them: they are switched off.
package protocol AccountBook: Sendable {
    /// Refused where somebody has that address already.
    func enter(_ user: NewUser, passwordHash: String?, by: Deed) throws(LedgerFault) -> User
    /// All of it or nothing, with one line in the audit log; none where nothing changes.
    func change(user id: Int64, _ changes: [UserChange], by: Deed) throws(LedgerFault) -> User
    /// Enters somebody who is switched off and has no password until they follow the link. Who was invited in vain may be invited again,
    /// into the same company; refused where somebody else has that address.
    func invite(_ user: NewUser, _ link: AccountLink, by: Deed) throws(LedgerFault) -> User
    /// Invitations that nobody has followed yet, by the user's number: until when they are good, or were.
    func invitations() throws(LedgerFault) -> [Int64: Timestamp]
    /// Ends the link that they had before.
    func enter(_ link: AccountLink, for user: User, by: Deed) throws(LedgerFault)
    /// Nil where no link that is good at that moment has this hash.
    func holder(ofLink hash: String, at: Timestamp) throws(LedgerFault) -> LinkHolder?
    /// Sets the password, switches on who was invited, and uses the link up; nil as above, and then nothing is changed.
    func follow(link hash: String, passwordHash: String, at: Timestamp) throws(LedgerFault) -> User?
    /// A token was made by hand: the audit log says for whom and until when.
    func noteToken(for user: User, until: Timestamp, by: Deed) throws(LedgerFault)

    func user(id: Int64) throws(LedgerFault) -> User?
    func user(email: EmailAddress) throws(LedgerFault) -> User?
    func user(uuid: String) throws(LedgerFault) -> User?
    func credentials(email: EmailAddress) throws(LedgerFault) -> Credentials?
    /// By e-mail address.
    func users(_ filter: UserFilter) throws(LedgerFault) -> [User]
}

extension AccountBook {
    /// Whose token it is at this moment; nil where nobody's: there is no such user, they are switched off, or the token has ended for
    /// another reason. Asked for each request, so that a switched-off user's next one is refused.
    package func holder(of claims: Claims) throws(LedgerFault) -> User? {
        let named: User?
        if let id = claims.userID {
            named = try user(id: id)
        } else {
            guard let email = EmailAddress(claims.email) else { return nil }
            named = try user(email: email)
        }
        return named.flatMap { claims.areStillGood(for: $0) ? $0 : nil }
    }
}

/// What becomes otherwise with a user. Role, reseller, tenant, password and switching off end all tokens issued before; password and
/// switching off also end a link that waits in their mail.
package enum UserChange: Hashable, Sendable {
    case role(Role)
    /// Whose files a `reseller` sees and sends.
    case reseller(String?)
    case firstName(String)
    case lastName(String)
    case phone(String?)
    case tenant(String)
    case isActive(Bool)
    /// Nil takes the password away: tokens only, from then on.
    case password(hash: String?)
    /// Whoever is signed in has to sign in again.
    case endOfTokens
}

/// Which users to list.
package struct UserFilter: Hashable, Sendable {
    package var role: Role?
    package var reseller: String?
    package var tenant: String?
    package var isActive: Bool?
    package var company: Company?
    /// A part of the address or the name, in any case.
    package var like: String?
    package var limit = 1000
    package var offset = 0

    package init(
        role: Role? = nil, reseller: String? = nil, tenant: String? = nil, isActive: Bool? = nil, company: Company? = nil,
        like: String? = nil, limit: Int = 1000, offset: Int = 0
    ) {
        self.role = role
        self.reseller = reseller
        self.tenant = tenant
        self.isActive = isActive
        self.company = company
        self.like = like
        self.limit = limit
        self.offset = offset
    }
}
