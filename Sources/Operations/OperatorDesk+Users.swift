import Accounts
import Batches
import Ledger
import Sellout
import Texts

/// What is said of a user, as people write it. Nil leaves a thing as it is.
package struct UserWish: Sendable {
    package var role: String?
    package var reseller: String?
    package var firstName: String?
    package var lastName: String?
    package var phone: String?
    package var tenant: String?

    package init(
        role: String? = nil, reseller: String? = nil, firstName: String? = nil, lastName: String? = nil, phone: String? = nil,
        tenant: String? = nil
    ) {
        self.role = role
        self.reseller = reseller
        self.firstName = firstName
        self.lastName = lastName
        self.phone = phone
        self.tenant = tenant
    }
}

/// Who may sign in.
extension OperatorDesk {
    package func users(_ filter: UserFilter) throws(Refused) -> [User] {
        try ask { () throws(LedgerFault) in try ledger.users(filter) }
    }

    package func user(_ email: String) throws(Refused) -> User {
        let address = try Self.address(email)
        let found = try ask { () throws(LedgerFault) in try ledger.user(email: address) }
        guard let found else { throw Refused(.unknown, "There is no user \(address).") }
        return found
    }

    /// Whether such a user may be entered, asked before anybody has to think of a password. `tenant` is the one that nobody has said.
    package func newUser(_ email: String, _ wish: UserWish, tenant: String) throws(Refused) -> NewUser {
        let address = try Self.address(email)
        guard let said = wish.role else { throw Refused(.wrong, "Which role \(address) has must be said.") }
        let role = try Self.role(said)
        let reseller = try self.reseller(wish.reseller, of: role)
        let user = NewUser(
            email: address, role: role, firstName: try Self.name(wish.firstName ?? ""), lastName: try Self.name(wish.lastName ?? ""),
            reseller: reseller, phone: try Self.phone(wish.phone), tenant: try Self.tenant(wish.tenant ?? tenant))
        guard try ask({ () throws(LedgerFault) in try ledger.user(email: address) }) == nil else {
            throw Refused(.wrong, "There is a user \(address) already.")
        }
        return user
    }

    /// `password` is nil for programs, which come in by tokens only.
    package func add(_ user: NewUser, password: String?, _ passwords: Passwords, reason: String = "") throws(Refused) -> UserAnswer {
        let hash = try password.map { password throws(Refused) in try Self.hash(password, passwords) }
        let deed = deed(reason)
        let entered = try ask { () throws(LedgerFault) in try ledger.enter(user, passwordHash: hash, by: deed) }
        let by = hash == nil ? "comes in by tokens only" : "may sign in"
        return UserAnswer(entered, "\(entered.email) \(by): \(entered.standing).")
    }

    /// Role, reseller and tenant take effect at once, and end the tokens that said otherwise.
    package func set(user email: String, _ wish: UserWish, reason: String = "") throws(Refused) -> UserAnswer {
        let user = try user(email)
        var changes: [UserChange] = []
        if wish.role != nil || wish.reseller != nil {
            let role = try wish.role.map(Self.role) ?? user.role
            changes += [.role(role), .reseller(try reseller(wish.reseller ?? (role == .reseller ? user.reseller : nil), of: role))]
        }
        if let name = wish.firstName { changes.append(.firstName(try Self.name(name))) }
        if let name = wish.lastName { changes.append(.lastName(try Self.name(name))) }
        if let phone = wish.phone { changes.append(.phone(try Self.phone(phone))) }
        if let tenant = wish.tenant { changes.append(.tenant(try Self.tenant(tenant))) }
        let changed = try change(user, changes, reason)
        let signsInAgain = changed.tokenEpoch == user.tokenEpoch ? "" : " Their tokens and sessions have ended."
        return UserAnswer(
            changed,
            changed == user ? "Nothing changes: \(user.email) is that already." : "\(changed.email): \(changed.standing).\(signsInAgain)")
    }

    package func setPassword(_ password: String, of email: String, _ passwords: Passwords, reason: String = "") throws(Refused)
        -> UserAnswer
    {
        let user = try user(email)
        let hash = try Self.hash(password, passwords)
        return UserAnswer(
            try change(user, [.password(hash: hash)], reason),
            "\(user.email) has a new password; whoever was signed in with the old one has to sign in again.")
    }

    package func takePassword(of email: String, reason: String = "") throws(Refused) -> UserAnswer {
        let user = try user(email)
        return UserAnswer(
            try change(user, [.password(hash: nil)], reason), "\(user.email) has no password any more and comes in by tokens only.")
    }

    /// Switched off, nobody comes in with their password or any token of theirs, from the next request on.
    package func `switch`(user email: String, on: Bool, reason: String = "") throws(Refused) -> UserAnswer {
        let user = try user(email)
        let word = on ? "on" : "off"
        let changed = try change(user, [.isActive(on)], reason)
        guard changed != user else { return UserAnswer(user, "Nothing changes: \(user.email) is switched \(word) already.") }
        let then = on ? "may sign in again; the tokens from before stay ended" : "may not sign in, and no token of theirs is taken any more"
        return UserAnswer(changed, "\(user.email) is switched \(word): they \(then).")
    }

    package func signOut(user email: String, reason: String = "") throws(Refused) -> UserAnswer {
        let user = try user(email)
        return UserAnswer(
            try change(user, [.endOfTokens], reason), "\(user.email) is signed out everywhere, and all their tokens have ended.")
    }

    private func change(_ user: User, _ changes: [UserChange], _ reason: String) throws(Refused) -> User {
        let deed = deed(reason)
        return try ask { () throws(LedgerFault) in try ledger.change(user: user.id, changes, by: deed) }
    }
}

/// A user, and what was done with them in one sentence.
package struct UserAnswer: Hashable, Sendable {
    package let user: User
    package let sentence: String

    init(_ user: User, _ sentence: String) {
        self.user = user
        self.sentence = sentence
    }
}

/// Tokens for programs.
extension OperatorDesk {
    package func token(for email: String, days: Int, _ tokens: Tokens, reason: String = "") throws(Refused) -> MadeToken {
        let user = try user(email)
        guard user.isActive else { throw Refused(.forbidden, "\(user.email) is switched off, so no token of theirs would be taken.") }
        guard (1...Claims.longestDays).contains(days) else {
            throw Refused(.wrong, "A token is good for 1 to \(Claims.longestDays) days, not for \(days).")
        }
        let deed = deed(reason)
        let until = deed.at.earlier(by: .seconds(-Claims.day * Int64(days)))
        let token = tokens.issue(for: user, days: days, at: deed.at)
        // Nobody gets a token that the audit log does not know of.
        try ask { () throws(LedgerFault) in try ledger.noteToken(for: user, until: until, by: deed) }
        return MadeToken(user: user, token: token, until: until)
    }
}

package struct MadeToken: Sendable {
    package let user: User
    package let token: String
    package let until: Timestamp

    package var json: JSONValue { ["token": .text(token), "email": .text(user.email), "expires_at": .text(until.description)] }
}

/// Reading what people write.
extension OperatorDesk {
    private static func address(_ email: String) throws(Refused) -> EmailAddress {
        guard let address = EmailAddress(email) else { throw Refused(.wrong, "\(email) is no e-mail address.") }
        return address
    }

    private static func role(_ text: String) throws(Refused) -> Role {
        guard let role = Role(anyCase: text) else {
            let all = Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw Refused(.wrong, "There is no role \(text); there are \(all).")
        }
        return role
    }

    private func reseller(_ name: String?, of role: Role) throws(Refused) -> String? {
        guard role == .reseller else {
            guard name == nil else {
                throw Refused(.wrong, "Only a user of the role reseller belongs to a reseller; this one is \(role.rawValue).")
            }
            return nil
        }
        guard let name else { throw Refused(.wrong, "A user of the role reseller belongs to a reseller: say to which.") }
        return try known(reseller: name)
    }

    /// As people are called, blanks tidied.
    package static func name(_ text: String) throws(Refused) -> String {
        let bare = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard bare.utf8.count <= 200, Printable.line(bare) == bare else {
            throw Refused(.wrong, "A name is one line of 200 bytes at most.")
        }
        return bare
    }

    private static func phone(_ text: String?) throws(Refused) -> String? {
        guard let bare = try text.map(name), !bare.isEmpty else { return nil }
        return bare
    }

    private static func tenant(_ text: String) throws(Refused) -> String {
        guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy({ "abcdefghijklmnopqrstuvwxyz0123456789-_".utf8.contains($0) })
        else {
            throw Refused(.wrong, "\(text) is no tenant: it is written in small letters, digits, - and _, 64 at most.")
        }
        return text
    }

    private static func hash(_ password: String, _ passwords: Passwords) throws(Refused) -> String {
        do throws(PasswordRefused) { return try passwords.hash(password) } catch { throw Refused(error) }
    }
}

extension Refused {
    package init(_ refused: PasswordRefused) {
        switch refused {
        case .tooShort, .tooLong: self.init(.wrong, refused.description)
        case .busy, .failed: self.init(.surroundings, refused.description)
        }
    }
}

extension User {
    /// `reseller of costa`, `admin, switched off`.
    package var standing: String {
        let work = reseller.map { "\(role.rawValue) of \($0)" } ?? role.rawValue
        return isActive ? work : "\(work), switched off"
    }

    /// Under the contract's names, and ours behind them.
    package var json: JSONValue {
        [
            "id": .number(id), "email": .text(email), "role": .text(role.rawValue), "first_name": .text(firstName),
            "last_name": .text(lastName), "phone": .optional(phone), "company_id": companyID.map(JSONValue.number) ?? .null,
            "company_type": .optional(companyType), "is_active": .bool(isActive), "uuid": .text(uuid), "reseller": .optional(reseller),
            "tenant": .text(tenant), "created_at": .text(createdAt.description),
        ]
    }
}
