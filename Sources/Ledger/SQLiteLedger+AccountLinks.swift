import Accounts
import Batches

/// Invitations, and links by which a password is set.
extension SQLiteLedger {
    package func invite(_ user: NewUser, _ link: AccountLink, by deed: Deed) throws(LedgerFault) -> User {
        try write { connection throws(LedgerFault) in
            let table = UserTable(connection: connection)
            let invited: User?
            if var known = try table.get(user.email) {
                guard try known.wasInvitedInVain(into: user, connection, at: deed.at) else {
                    throw LedgerFault.refused("There is a user \(user.email) already.")
                }
                (known.role, known.firstName, known.lastName) = (user.role, user.firstName, user.lastName)
                try table.update(known)
                invited = known
            } else {
                invited = try table.get(try table.insert(user, passwordHash: nil, isActive: false, at: deed.at))
            }
            guard let invited else { throw LedgerFault.damaged("a user that was invited is not there") }
            try AccountLinkTable(connection: connection).put(link, for: invited.id)
            let of = user.company.map { " of \($0.type) \($0.id)" } ?? ""
            try AuditLog(connection: connection).enter(
                deed.saying("\(user.email), \(user.role.rawValue)\(of), until \(link.until)"), "invite user")
            return invited
        }
    }

    package func invitations() throws(LedgerFault) -> [Int64: Timestamp] {
        try read { connection throws(LedgerFault) in
            let links = try AccountLinkTable(connection: connection).all(.invitation)
            return Dictionary(links.map { ($0.user, $0.until) }) { $1 }
        }
    }

    package func enter(_ link: AccountLink, for user: User, by deed: Deed) throws(LedgerFault) {
        try write { connection throws(LedgerFault) in
            try AccountLinkTable(connection: connection).put(link, for: user.id)
            _ = try AuditLog(connection: connection).enter(deed.saying("\(user.email), until \(link.until)"), "make reset link")
        }
    }

    package func holder(ofLink hash: String, at now: Timestamp) throws(LedgerFault) -> LinkHolder? {
        try read { connection throws(LedgerFault) in try Self.holder(ofLink: hash, connection, at: now) }
    }

    package func follow(link hash: String, passwordHash: String, at now: Timestamp) throws(LedgerFault) -> User? {
        try write { connection throws(LedgerFault) in
            guard let holder = try Self.holder(ofLink: hash, connection, at: now) else { return nil }
            let deed = Deed(actor: holder.user.actor, at: now)
            return switch holder.purpose {
            case .reset:
                try Self.change(
                    user: holder.user.id, [.password(hash: passwordHash)], by: deed, as: "follow reset link", connection)
            case .invitation:
                try Self.change(
                    user: holder.user.id, [.password(hash: passwordHash), .isActive(true)], by: deed, as: "accept invitation", connection)
            }
        }
    }

    /// Of somebody who is switched off a reset link is good for nothing; who was invited is switched off until they follow theirs.
    private static func holder(ofLink hash: String, _ connection: Connection, at now: Timestamp) throws(LedgerFault) -> LinkHolder? {
        guard let link = try AccountLinkTable(connection: connection).get(hash: hash), link.isGood(at: now),
            let user = try UserTable(connection: connection).get(link.user), user.isActive || link.purpose == .invitation
        else { return nil }
        return LinkHolder(user: user, purpose: link.purpose)
    }
}

extension User {
    /// Otherwise an invitation that nobody followed would keep its address for ever.
    fileprivate func wasInvitedInVain(into other: NewUser, _ connection: Connection, at now: Timestamp) throws(LedgerFault) -> Bool {
        guard !isActive, tenant == other.tenant, company == other.company,
            let link = try AccountLinkTable(connection: connection).get(user: id)
        else { return false }
        return link.purpose == .invitation && !link.isGood(at: now)
    }
}
