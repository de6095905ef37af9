import Accounts
import Mail
import Operations

/// What is done for people who have not signed in, or were invited. Interface and pages do it here.
extension Portal {
    func register(_ user: NewUser, password: String, from client: String) throws -> OpenedSession {
        if let seconds = gate.doorbell.registers(from: client) { throw Denial.slowDown(seconds: seconds) }
        guard try !books.reading(as: user.email.text).isTaken(user.email) else { throw Denial.taken }
        let hash = try hash(password)
        let entered = try unlessTaken(user.email) { desk throws(Refused) in try desk.register(user, passwordHash: hash) }
        return gate.open(entered)
    }

    /// Whether the address is known is asked later and elsewhere, so that neither the answer nor its time can tell.
    func sendResetLink(to email: EmailAddress, from client: String) throws(Denial) {
        if let seconds = gate.doorbell.forgets(email, from: client) { throw Denial.slowDown(seconds: seconds) }
        postman.carry { [books, settings] in
            guard let token = try books.changing(as: "nobody").resetLink(for: email, tenant: settings.tenant) else { return nil }
            return .reset(to: email, link: settings.publicURL.link(to: token))
        }
    }

    func invite(_ user: NewUser, by host: User) throws -> User {
        if let seconds = gate.doorbell.invites(user.email, by: host.id) { throw Denial.slowDown(seconds: seconds) }
        let invited = try unlessTaken(user.email, as: host.actor) { desk throws(Refused) in try desk.invite(user) }
        let link = settings.publicURL.link(to: invited.token)
        postman.carry { EmailAddress(host.email).map { .invitation(to: user.email, by: $0, link: link) } }
        return invited.user
    }

    /// False where the link is no more good, or never was.
    func setPassword(_ password: String, by token: String, from client: String) throws -> Bool {
        // Asked before the password is worked on: nobody has us do that for nothing.
        if try books.reading(as: "nobody").holder(ofLink: token) != nil {
            let hash = try hash(password)
            if try books.changing(as: "nobody").follow(link: token, passwordHash: hash) != nil { return true }
        }
        if let seconds = gate.badLink(from: client) { throw Denial.slowDown(seconds: seconds) }
        return false
    }

    private func hash(_ password: String) throws -> String {
        guard let passwords else { throw Refused(.surroundings, "Passwords cannot be set here: selloutctl user passwd sets them.") }
        do throws(PasswordRefused) { return try passwords.hash(password) } catch {
            switch error {
            case .tooShort, .tooLong: throw Refused(error)
            case .busy, .failed: throw Denial.slowDown(seconds: 2)
            }
        }
    }

    /// Of two who want one address at a time the ledger refuses the later one.
    private func unlessTaken<Done>(
        _ email: EmailAddress, as actor: String? = nil, _ take: (OperatorDesk) throws(Refused) -> Done
    ) throws -> Done {
        let desk = try books.changing(as: actor ?? email.text)
        do throws(Refused) { return try take(desk) } catch {
            guard error.reason == .wrong, try desk.isTaken(email) else { throw error }
            throw Denial.taken
        }
    }
}
