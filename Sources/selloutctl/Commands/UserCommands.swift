import Accounts
import Calling
import Ledger
import Operations
import Texts

/// `user`: who may sign in. `token`: a way in for programs.
enum UserCommands {
    private static let words = ["list", "add", "set", "passwd", "off", "on", "logout"]
    private static let tenant = "bibbi"

    static let all = [
        Command(
            CommandShape(
                "user", operands: ["[\(words.joined(separator: "|"))]", "[EMAIL]"],
                options: [
                    OptionShape("role", "R", "what they may do: \(Role.allCases.map(\.rawValue).joined(separator: ", "))"),
                    OptionShape("reseller", "S", "whose files a user of the role reseller sees and sends"),
                    OptionShape("first", "NAME", "first name"), OptionShape("last", "NAME", "last name"),
                    OptionShape("phone", "NUMBER", "telephone number"),
                    OptionShape("tenant", "T", "whose installation they belong to (\(tenant))"),
                    OptionShape("password-stdin", "read the password as one line of standard input"),
                    OptionShape("no-password", "no password: tokens only, for programs"),
                    OptionShape("like", "TEXT", "only those of whose address or name this is a part"), ReferenceWords.why,
                ] + Page.options("1000"), summary: "Who may sign in to the dashboard and the upload APIs.",
                details: """
                    user [list] [--role R] [--reseller S] [--tenant T] [--like TEXT]
                    user add EMAIL --role R [--reseller S] [--first NAME] [--last NAME] [--no-password | --password-stdin]
                    user set EMAIL [--role R] [--reseller S] [--first NAME] [--last NAME] [--phone NUMBER] [--tenant T]
                    user passwd EMAIL [--no-password | --password-stdin]
                    user off EMAIL       no password and no token of theirs is taken, from the next request on
                    user on EMAIL
                    user logout EMAIL    all their tokens and sessions end
                    A password is asked for twice at the terminal and never given in the command line, which others can read.
                    """), run: user),
        Command(
            CommandShape(
                "token", operands: ["EMAIL"],
                options: [OptionShape("days", "N", "good for so many days, 1 to \(Claims.longestDays) (1)"), ReferenceWords.why],
                summary: "Prints a token with which a program comes in as that user.",
                details: """
                    The program sends it as `Authorization: Bearer TOKEN`. Whoever has it is that user until it ends: keep it like a password.
                    user off and user logout end it early. The audit log keeps for whom it was made, by whom and until when.
                    """), run: token),
    ]

    @Sendable private static func user(_ session: Session) throws {
        let word = session.arguments.operands.first ?? "list"
        guard word != "list" else { return try list(session) }
        guard words.contains(word) else { throw ReferenceWords.unknown(word, words, session) }
        let email = try ReferenceWords.words(session, ["EMAIL"])[0]
        try checkOptions(of: word, session)
        let answer =
            switch word {
            case "add": try add(email, session)
            case "set": try session.desk().set(user: email, wish(session), reason: ReferenceWords.why(session))
            case "passwd": try changePassword(of: email, session)
            case "logout": try session.desk().signOut(user: email, reason: ReferenceWords.why(session))
            default: try session.desk().switch(user: email, on: word == "on", reason: ReferenceWords.why(session))
            }
        try session.answer(answer.user.json, answer.sentence)
    }

    /// What a word has no use for is a mistake: `user passwd --role admin` changes no role.
    private static func checkOptions(of word: String, _ session: Session) throws(UsageError) {
        let arguments = session.arguments
        let wish = ["role", "reseller", "first", "last", "phone", "tenant"].filter { arguments.value($0) != nil }
        if let one = wish.first, word != "add", word != "set" { throw arguments.misuse("user \(word) takes no --\(one).") }
        if wish.isEmpty, word == "set" {
            throw arguments.misuse("user set wants one of --role, --reseller, --first, --last, --phone, --tenant.")
        }
        let password = ["password-stdin", "no-password"].filter(arguments.has)
        if let one = password.first, word != "add", word != "passwd" { throw arguments.misuse("user \(word) takes no --\(one).") }
        if password.count > 1 { throw arguments.misuse("--password-stdin and --no-password exclude each other.") }
    }

    private static func list(_ session: Session) throws {
        let arguments = session.arguments
        if arguments.operands.count > 1 { _ = try ReferenceWords.words(session, []) }
        var role: Role?
        if let text = arguments.value("role") {
            role = Role(anyCase: text)
            if role == nil {
                throw arguments.misuse("There is no role \(text)\(Nearest.question(for: text, among: Role.allCases.map(\.rawValue)))")
            }
        }
        let page = try arguments.page(of: 1000)
        let found = try session.readingDesk().users(
            UserFilter(
                role: role, reseller: arguments.value("reseller"), tenant: arguments.value("tenant"), like: arguments.value("like"),
                limit: page.wanted, offset: page.offset))
        var listing = Listing(
            session,
            [.left("EMAIL"), .left("ROLE"), .left("RESELLER"), .left("NAME"), .left("MAY SIGN IN"), .left("TENANT"), .left("SINCE")],
            none: "No users yet. user add EMAIL --role admin makes one.")
        try listing.page(page, found, \.json) { user in
            [
                user.email, user.role.rawValue, user.reseller ?? "-", "\(user.firstName) \(user.lastName)",
                user.isActive ? "yes" : "switched off",
                user.tenant, user.createdAt.day.description,
            ]
        }
    }

    private static func wish(_ session: Session) -> UserWish {
        let arguments = session.arguments
        return UserWish(
            role: arguments.value("role"), reseller: arguments.value("reseller"), firstName: arguments.value("first"),
            lastName: arguments.value("last"), phone: arguments.value("phone"), tenant: arguments.value("tenant"))
    }

    private static func add(_ email: String, _ session: Session) throws -> UserAnswer {
        guard session.arguments.value("role") != nil else { throw session.arguments.misuse("user add wants --role R.") }
        let desk = try session.desk(mayCreate: true)
        let user = try desk.newUser(email, wish(session), tenant: tenant)
        return try desk.add(user, password: try password(for: user.email.text, session), Passwords(), reason: ReferenceWords.why(session))
    }

    private static func changePassword(of email: String, _ session: Session) throws -> UserAnswer {
        let desk = try session.desk()
        let user = try desk.user(email)
        guard let password = try password(for: user.email, session) else {
            return try desk.takePassword(of: email, reason: ReferenceWords.why(session))
        }
        return try desk.setPassword(password, of: email, Passwords(), reason: ReferenceWords.why(session))
    }

    /// Nil where there is to be none.
    private static func password(for email: String, _ session: Session) throws -> String? {
        let (arguments, wiring) = (session.arguments, session.wiring)
        if arguments.has("no-password") { return nil }
        if arguments.has("password-stdin") {
            guard let line = wiring.nextLine() else { throw Refused(.wrong, "Standard input holds no line with a password.") }
            return try sound(line)
        }
        guard let ask = wiring.askSecretly else {
            throw Refused(.wrong, "Nobody can be asked for a password here: use --password-stdin, or --no-password for a program.")
        }
        guard let first = ask("Password for \(email): "), let second = ask("Once more: ") else {
            throw Refused(.wrong, "No password was given, and nothing is changed.")
        }
        guard first == second else { throw Refused(.wrong, "The two passwords differ, and nothing is changed.") }
        return try sound(first)
    }

    /// Bytes that are no UTF-8 come as one and the same character, and so would be one and the same password.
    private static func sound(_ password: String) throws(Refused) -> String {
        guard !password.unicodeScalars.contains("\u{FFFD}") else { throw Refused(.wrong, "The password is not written in UTF-8.") }
        return password
    }

    @Sendable private static func token(_ session: Session) throws {
        let arguments = session.arguments
        let days = try arguments.value("days").map { text throws(UsageError) in
            guard let days = Int(text), (1...Claims.longestDays).contains(days) else {
                throw arguments.misuse("--days wants a number from 1 to \(Claims.longestDays), not \(text).")
            }
            return days
        }
        let desk = try session.desk()
        let key = try TokenKey(path: session.whereabouts.tokenKey)
        let made = try desk.token(for: arguments.operands[0], days: days ?? 1, Tokens(key: key), reason: ReferenceWords.why(session))
        if session.wantsJSON { return try session.printJSON(made.json) }
        // Nothing but the token, so that a script can take it.
        try session.output.print(made.token)
    }
}
