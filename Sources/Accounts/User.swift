import Batches

/// Somebody who may sign in, a person or a program.
package struct User: Hashable, Sendable {
    package var id: Int64
    /// What batches bear as their uploader: never changes, and is never used again.
    package var uuid: String
    /// In lower case.
    package var email: String
    package var role: Role
    package var firstName: String
    package var lastName: String
    package var isActive: Bool
    /// Whose files a `reseller` sees and sends; nil for everybody else.
    package var reseller: String?
    package var companyID: Int64?
    package var companyType: String?
    package var phone: String?
    package var tenant: String
    package var createdAt: Timestamp
    /// Begins anew, with a larger number, when all tokens issued before are to end: a moment in milliseconds, 0 at first.
    package var tokenEpoch: Int64

    package init(
        id: Int64, uuid: String, email: String, role: Role, firstName: String, lastName: String, isActive: Bool = true,
        reseller: String? = nil, companyID: Int64? = nil, companyType: String? = nil, phone: String? = nil, tenant: String,
        createdAt: Timestamp,
        tokenEpoch: Int64 = 0
    ) {
        self.id = id
        self.uuid = uuid
        self.email = email
        self.role = role
        self.firstName = firstName
        self.lastName = lastName
        self.isActive = isActive
        self.reseller = reseller
        self.companyID = companyID
        self.companyType = companyType
        self.phone = phone
        self.tenant = tenant
        self.createdAt = createdAt
        self.tokenEpoch = tokenEpoch
    }

    /// What the audit log calls them.
    package var actor: String { email }

    /// Nil for those who belong to none, or to none yet.
    package var company: Company? {
        guard let companyID, let companyType else { return nil }
        return Company(id: companyID, type: companyType)
    }

    package var reach: Reach {
        if role.operates { return .all }
        return role == .reseller ? reseller.map(Reach.only) ?? .none : .none
    }
}

/// The brand or retailer that somebody works for.
package struct Company: Hashable, Sendable {
    /// Among those of its type.
    package let id: Int64
    /// `brand` or `retailer`.
    package let type: String

    package init(id: Int64, type: String) {
        self.id = id
        self.type = type
    }
}

/// Whose files somebody sees and touches.
package enum Reach: Hashable, Sendable {
    case all
    case only(String)
    case none

    package func holds(_ reseller: String) -> Bool {
        switch self {
        case .all: true
        case .only(let own): own == reseller
        case .none: false
        }
    }
}
