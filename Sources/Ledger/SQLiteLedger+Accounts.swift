import Accounts
import Batches

/// Who may sign in.
extension SQLiteLedger {
    package func enter(_ user: NewUser, passwordHash: String?, by deed: Deed) throws(LedgerFault) -> User {
        try write { connection throws(LedgerFault) in
            let table = UserTable(connection: connection)
            guard try table.get(user.email) == nil else { throw LedgerFault.refused("There is a user \(user.email) already.") }
            let entered = try table.get(try table.insert(user, passwordHash: passwordHash, at: deed.at))
            guard let entered else { throw LedgerFault.damaged("a user that was entered is not there") }
            let of = (user.reseller ?? user.company.map { "\($0.type) \($0.id)" }).map { " of \($0)" } ?? ""
            try AuditLog(connection: connection).enter(
                deed.saying("\(user.email), \(user.role.rawValue)\(of)\(passwordHash == nil ? ", without a password" : "")"), "add user")
            return entered
        }
    }

    package func change(user id: Int64, _ changes: [UserChange], by deed: Deed) throws(LedgerFault) -> User {
        try write { connection throws(LedgerFault) in try Self.change(user: id, changes, by: deed, connection) }
    }

    /// `action` is what the audit log calls it; nil for what the changes themselves are called.
    static func change(
        user id: Int64, _ changes: [UserChange], by deed: Deed, as action: String? = nil, _ connection: Connection
    ) throws(LedgerFault) -> User {
        let table = UserTable(connection: connection)
        guard let before = try table.get(id) else { throw LedgerFault.refused("There is no user \(id).") }
        var user = before
        // A link that waits in somebody's mail must not outlive the password or the switching off that came after it.
        let hasLostLink =
            changes.contains(where: \.endsLinks) ? try AccountLinkTable(connection: connection).remove(user: id) : false
        let effective = changes.filter { user.take($0) || (hasLostLink && $0.endsLinks) }
        guard !effective.isEmpty else { return before }
        if effective.contains(where: \.endsTokens) { user.beginTokenEpoch(at: deed.at) }
        try table.update(user)
        for case .password(let hash) in effective { try table.set(passwordHash: hash, of: id) }
        let what = effective.map(\.words).joined(separator: ", ")
        try AuditLog(connection: connection).enter(
            deed.saying("\(user.email): \(what)"), action ?? effective[0].action(alone: effective.count == 1))
        return user
    }

    package func noteToken(for user: User, until: Timestamp, by deed: Deed) throws(LedgerFault) {
        try write { connection throws(LedgerFault) in
            _ = try AuditLog(connection: connection).enter(deed.saying("\(user.email), until \(until)"), "make token")
        }
    }

    package func user(id: Int64) throws(LedgerFault) -> User? {
        try read { connection throws(LedgerFault) in try UserTable(connection: connection).get(id) }
    }

    package func user(email: EmailAddress) throws(LedgerFault) -> User? {
        try read { connection throws(LedgerFault) in try UserTable(connection: connection).get(email) }
    }

    package func user(uuid: String) throws(LedgerFault) -> User? {
        try read { connection throws(LedgerFault) in try UserTable(connection: connection).get(uuid: uuid) }
    }

    package func credentials(email: EmailAddress) throws(LedgerFault) -> Credentials? {
        try read { connection throws(LedgerFault) in try UserTable(connection: connection).credentials(email) }
    }

    package func users(_ filter: UserFilter) throws(LedgerFault) -> [User] {
        try read { connection throws(LedgerFault) in try UserTable(connection: connection).list(filter) }
    }
}

extension Deed {
    /// The same deed, its line in the audit log telling what was done too.
    func saying(_ what: String) -> Deed { Deed(actor: actor, reason: reason.isEmpty ? what : "\(reason) (\(what))", at: at) }
}

extension User {
    /// False where it changes nothing.
    fileprivate mutating func take(_ change: UserChange) -> Bool {
        let before = self
        switch change {
        case .role(let role): self.role = role
        case .reseller(let reseller): self.reseller = reseller
        case .firstName(let name): firstName = name
        case .lastName(let name): lastName = name
        case .phone(let phone): self.phone = phone
        case .tenant(let tenant): self.tenant = tenant
        case .isActive(let isActive): self.isActive = isActive
        case .password, .endOfTokens: return true
        }
        return self != before
    }

    /// Later than the one before, also where a clock was set back or two changes share a moment.
    fileprivate mutating func beginTokenEpoch(at moment: Timestamp) {
        let (next, overflow) = tokenEpoch.addingReportingOverflow(1)
        tokenEpoch = max(moment.milliseconds, overflow ? tokenEpoch : next)
    }
}

extension UserChange {
    fileprivate var endsTokens: Bool {
        switch self {
        case .role, .reseller, .tenant, .password, .endOfTokens: true
        case .isActive(let isActive): !isActive
        case .firstName, .lastName, .phone: false
        }
    }

    fileprivate var endsLinks: Bool {
        switch self {
        case .password: true
        case .isActive(let isActive): !isActive
        case .role, .reseller, .firstName, .lastName, .phone, .tenant, .endOfTokens: false
        }
    }

    /// For the audit log, which never learns a password or what is kept of it.
    fileprivate var words: String {
        switch self {
        case .role(let role): "role \(role.rawValue)"
        case .reseller(let reseller): reseller.map { "reseller \($0)" } ?? "no reseller"
        case .firstName(let name): "first name \(name)"
        case .lastName(let name): "last name \(name)"
        case .phone(let phone): phone == nil ? "no telephone number" : "another telephone number"
        case .tenant(let tenant): "tenant \(tenant)"
        case .isActive(let isActive): isActive ? "switched on" : "switched off"
        case .password(let hash): hash == nil ? "no password" : "a new password"
        case .endOfTokens: "signed out everywhere"
        }
    }

    fileprivate func action(alone: Bool) -> String {
        guard alone else { return "change user" }
        switch self {
        case .isActive(let isActive): return isActive ? "switch on user" : "switch off user"
        case .password: return "set password"
        case .endOfTokens: return "sign out user"
        case .role, .reseller, .firstName, .lastName, .phone, .tenant: return "change user"
        }
    }
}
