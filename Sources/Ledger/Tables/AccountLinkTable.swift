import Accounts
import Batches

extension AccountLink.Purpose: StoredAs {}

/// `account_links`: the links that wait in people's mail, one for each user at most.
struct AccountLinkTable {
    static let table: StaticString = "account_links"
    static let user = Column<Int64>(table, "user")
    static let hash = Column<String>(table, "hash")
    static let purpose = Column<AccountLink.Purpose>(table, "purpose")
    static let until = Column<Timestamp>(table, "until")
    private static let told = ColumnList(user, purpose, until)

    let connection: Connection

    /// A link, whether or not it is good still.
    struct WaitingLink {
        let user: Int64
        let purpose: AccountLink.Purpose
        let until: Timestamp

        func isGood(at now: Timestamp) -> Bool { now < until }
    }

    private static func read(_ row: Statement) throws(LedgerFault) -> WaitingLink {
        WaitingLink(user: try row[user], purpose: try row[purpose], until: try row[until])
    }

    func get(hash: String) throws(LedgerFault) -> WaitingLink? {
        try connection.first(Self.told, from: "account_links WHERE hash = ?", hash, read: Self.read)
    }

    func get(user: Int64) throws(LedgerFault) -> WaitingLink? {
        try connection.first(Self.told, from: "account_links WHERE user = ?", user, read: Self.read)
    }

    func all(_ purpose: AccountLink.Purpose) throws(LedgerFault) -> [WaitingLink] {
        try connection.all(Self.told, from: "account_links WHERE purpose = ?", purpose, read: Self.read)
    }

    /// In the place of the one before.
    func put(_ link: AccountLink, for user: Int64) throws(LedgerFault) {
        try remove(user: user)
        try connection.insert(Self.user(user), Self.hash(link.hash), Self.purpose(link.purpose), Self.until(link.until))
    }

    /// False where there is none.
    @discardableResult func remove(user: Int64) throws(LedgerFault) -> Bool {
        try connection.run("DELETE FROM account_links WHERE user = ?", user) > 0
    }
}
