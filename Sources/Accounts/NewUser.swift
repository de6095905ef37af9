import Foundation

/// Somebody who is to be entered. The ledger gives them their number.
package struct NewUser: Hashable, Sendable {
    package let uuid = UUID().uuidString.lowercased()
    package var email: EmailAddress
    package var role: Role
    package var firstName: String
    package var lastName: String
    package var reseller: String?
    package var phone: String?
    package var company: Company?
    package var tenant: String

    package init(
        email: EmailAddress, role: Role, firstName: String = "", lastName: String = "", reseller: String? = nil, phone: String? = nil,
        company: Company? = nil, tenant: String
    ) {
        self.email = email
        self.role = role
        self.firstName = firstName
        self.lastName = lastName
        self.reseller = reseller
        self.phone = phone
        self.company = company
        self.tenant = tenant
    }
}

/// A user, and what the ledger keeps of their password.
package struct Credentials: Sendable {
    package let user: User
    /// Nil for programs, which come in by tokens only.
    package let passwordHash: String?

    package init(user: User, passwordHash: String?) {
        self.user = user
        self.passwordHash = passwordHash
    }
}
