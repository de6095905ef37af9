import Accounts
import Batches
import Ledger
import Operations
import Web

/// Somebody who is known: the user as the ledger has them at this moment.
struct Caller: Sendable {
    let user: User
    /// What they were known by.
    let token: String
}

/// Where callers are known by their tokens, and sessions begin.
package final class Gate: Sendable {
    private let tokens: Tokens
    private let books: Books
    private let doorman: SignIn
    private let pace: Pace
    /// Where people ring whom nobody knows yet.
    let doorbell: Doorbell

    package init(tokens: Tokens, books: Books, signIn: SignIn, doorbell: Doorbell = Doorbell(), requestsPerMinute: Int) {
        self.tokens = tokens
        self.books = books
        doorman = signIn
        pace = Pace(perMinute: requestsPerMinute)
        self.doorbell = doorbell
    }

    /// By the token in the request's head.
    func caller(_ request: Request, _ interface: Interface) throws -> Caller {
        guard let token = Self.bearer(request) else { throw Denial(401, interface.notAuthenticated, headers: [Self.challenge]) }
        guard let caller = try caller(token: token) else {
            if let seconds = doorman.badToken(from: request.client) { throw Denial.slowDown(seconds: seconds) }
            throw Denial(401, interface.notAuthenticated, headers: [Self.challenge])
        }
        if let seconds = pace.wait(caller.user.id) { throw Denial.slowDown(seconds: seconds) }
        return caller
    }

    /// Nil for a token that is none, or that is good no more.
    func caller(token: String) throws -> Caller? {
        guard let claims = try? tokens.verify(token, at: .now()) else { return nil }
        return try books.ledger().holder(of: claims).map { Caller(user: $0, token: token) }
    }

    private static let challenge = Header("WWW-Authenticate", "Bearer")

    private static func bearer(_ request: Request) -> String? {
        guard let text = request.header("authorization") else { return nil }
        let words = text.split(separator: " ")
        return words.count == 2 && words[0].lowercased() == "bearer" ? String(words[1]) : nil
    }
}

/// A session that somebody has opened.
struct OpenedSession: Sendable {
    let user: User
    let token: String
}

extension Gate {
    /// Who is wrong, unknown or switched off hears the same.
    func signIn(email: String, password: String, from client: String) throws -> OpenedSession {
        let ledger = try books.ledger()
        switch try doorman.attempt(email: email, password: password, from: client, credentials: { try ledger.credentials(email: $0) }) {
        case .ok(let user): return open(user)
        case .wrong: throw Denial(401, "E-mail address or password is wrong")
        case .slowDown(let seconds): throw Denial.slowDown(seconds: seconds)
        }
    }

    /// For somebody who has just shown who they are.
    func open(_ user: User) -> OpenedSession { OpenedSession(user: user, token: tokens.issue(for: user, at: .now())) }

    /// Somebody came with a link that is none. How many seconds they are to stay away; nil where they need only be told.
    func badLink(from client: String) -> Int? { doorman.badToken(from: client) }

    func csrf(for session: Caller) -> String { tokens.csrf(for: session.token) }

    func csrf(_ given: String, fits session: Caller) -> Bool { tokens.csrf(given, fits: session.token) }

    /// For the sign-in form, before anybody is known.
    func csrf(for visit: String) -> String { tokens.csrf(for: visit) }

    func csrf(_ given: String, fits visit: String) -> Bool { tokens.csrf(given, fits: visit) }
}
