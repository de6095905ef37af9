import Accounts
import Batches

extension Role: StoredAs {}

/// `users`: who may sign in.
struct UserTable {
    static let table: StaticString = "users"
    static let id = Column<Int64>(table, "id")
    static let uuid = Column<String>(table, "uuid")
    static let email = Column<String>(table, "email")
    static let passwordHash = Column<String?>(table, "password_hash")
    static let role = Column<Role>(table, "role")
    static let firstName = Column<String>(table, "first_name")
    static let lastName = Column<String>(table, "last_name")
    static let phone = Column<String?>(table, "phone")
    static let isActive = Column<Bool>(table, "is_active")
    static let reseller = Column<String?>(table, "reseller")
    static let companyID = Column<Int64?>(table, "company_id")
    static let companyType = Column<String?>(table, "company_type")
    static let tenant = Column<String>(table, "tenant")
    static let createdAt = Column<Timestamp>(table, "created_at")
    static let tokenEpoch = Column<Int64>(table, "token_epoch")
    /// All but the password's hash, which only a login reads.
    static let told = ColumnList(
        id, uuid, email, role, firstName, lastName, phone, isActive, reseller, companyID, companyType, tenant, createdAt, tokenEpoch)

    let connection: Connection

    private static func read(_ row: Statement) throws(LedgerFault) -> User {
        User(
            id: try row[id], uuid: try row[uuid], email: try row[email], role: try row[role], firstName: try row[firstName],
            lastName: try row[lastName], isActive: try row[isActive], reseller: try row[reseller], companyID: try row[companyID],
            companyType: try row[companyType], phone: try row[phone], tenant: try row[tenant], createdAt: try row[createdAt],
            tokenEpoch: try row[tokenEpoch])
    }

    func get(_ id: Int64) throws(LedgerFault) -> User? {
        try connection.first(Self.told, from: "users WHERE id = ?", id, read: Self.read)
    }

    func get(_ email: EmailAddress) throws(LedgerFault) -> User? {
        try connection.first(Self.told, from: "users WHERE email = ?", email.text, read: Self.read)
    }

    func get(uuid: String) throws(LedgerFault) -> User? {
        try connection.first(Self.told, from: "users WHERE uuid = ?", uuid, read: Self.read)
    }

    func credentials(_ email: EmailAddress) throws(LedgerFault) -> Credentials? {
        try connection.first(Self.told + ColumnList(Self.passwordHash), from: "users WHERE email = ?", email.text) {
            row throws(LedgerFault) in
            Credentials(user: try Self.read(row), passwordHash: try row[Self.passwordHash])
        }
    }

    func list(_ filter: UserFilter) throws(LedgerFault) -> [User] {
        var conditions = Conditions()
        conditions.add("role = ?", filter.role)
        conditions.add("reseller = ?", filter.reseller)
        conditions.add("tenant = ?", filter.tenant)
        conditions.add("is_active = ?", filter.isActive)
        conditions.add("company_id = ? AND company_type = ?", filter.company.map { Several([$0.id, $0.type]) })
        conditions.add("instr(lower(email || ' ' || first_name || ' ' || last_name), lower(?)) > 0", filter.like)
        return try connection.all(
            Self.told, from: "users\(conditions.sql) ORDER BY email LIMIT ? OFFSET ?", conditions, filter.limit, filter.offset,
            read: Self.read)
    }

    func insert(_ user: NewUser, passwordHash: String?, isActive: Bool = true, at: Timestamp) throws(LedgerFault) -> Int64 {
        try connection.insert(
            Self.uuid(user.uuid), Self.email(user.email.text), Self.passwordHash(passwordHash), Self.role(user.role),
            Self.firstName(user.firstName), Self.lastName(user.lastName), Self.phone(user.phone), Self.reseller(user.reseller),
            Self.companyID(user.company?.id), Self.companyType(user.company?.type), Self.isActive(isActive), Self.tenant(user.tenant),
            Self.createdAt(at))
        return connection.lastID
    }

    func update(_ user: User) throws(LedgerFault) {
        try connection.update(
            Self.role(user.role), Self.firstName(user.firstName), Self.lastName(user.lastName), Self.phone(user.phone),
            Self.isActive(user.isActive), Self.reseller(user.reseller), Self.companyID(user.companyID), Self.companyType(user.companyType),
            Self.tenant(user.tenant), Self.tokenEpoch(user.tokenEpoch),
            where: "id = ?", user.id)
    }

    /// The brand or the retailer whose people they are.
    func set(company: Int64, type: String, of user: Int64) throws(LedgerFault) {
        try connection.update(Self.companyID(company), Self.companyType(type), where: "id = ?", user)
    }

    func people(of company: Int64, type: String) throws(LedgerFault) -> Int {
        try connection.count("SELECT count(*) FROM users WHERE company_id = ? AND company_type = ?", company, type)
    }

    func set(passwordHash: String?, of user: Int64) throws(LedgerFault) {
        try connection.update(Self.passwordHash(passwordHash), where: "id = ?", user)
    }
}
