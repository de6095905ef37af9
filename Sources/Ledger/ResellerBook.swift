import Batches

/// Who the resellers are, and whether their files are taken.
package protocol ResellerBook: Sendable {
    /// By slug: those that have a profile, or had one, or have sent a file.
    func resellers() throws(LedgerFault) -> [ResellerRecord]
    func reseller(uuid: String) throws(LedgerFault) -> ResellerRecord?
    func reseller(_ slug: String) throws(LedgerFault) -> ResellerRecord?
    /// Enters a reseller that is not there.
    func set(_ change: ResellerChange, of slug: String, by: Deed) throws(LedgerFault) -> ResellerRecord
    /// Whether files are taken that come from now on; the deed's reason is told to the reseller. Batches that are there already are not
    /// touched. Enters a reseller that is not there.
    func permit(_ allowed: Bool, reseller slug: String, by: Deed) throws(LedgerFault) -> ResellerRecord
}

/// One reseller as others see it.
package struct ResellerRecord: Hashable, Sendable {
    /// What its folder is called.
    package let slug: String
    /// Made once and kept for good.
    package let uuid: String
    package let name: String
    /// Empty where nobody has said.
    package let country: String
    package let currency: String?
    package let ownerName: String?
    package let ownerEmail: String?
    /// Shown to programs that ask for the resellers; whether its files are taken is `canUpload` alone.
    package let isActive: Bool
    package let createdAt: Timestamp
    package let canUpload: Bool
    /// What the operator said who permitted or forbade uploads last.
    package let reason: String?

    package init(
        slug: String, uuid: String, name: String, country: String = "", currency: String? = nil, ownerName: String? = nil,
        ownerEmail: String? = nil, isActive: Bool = true, createdAt: Timestamp, canUpload: Bool = true, reason: String? = nil
    ) {
        self.slug = slug
        self.uuid = uuid
        self.name = name
        self.country = country
        self.currency = currency
        self.ownerName = ownerName
        self.ownerEmail = ownerEmail
        self.isActive = isActive
        self.createdAt = createdAt
        self.canUpload = canUpload
        self.reason = reason
    }
}

/// What an operator says of a reseller; it wins over the profile. Nil leaves a thing as it is, an empty text takes the operator's word
/// back.
package struct ResellerChange: Hashable, Sendable {
    package var name: String?
    package var country: String?
    package var currency: String?
    package var ownerName: String?
    package var ownerEmail: String?
    package var isActive: Bool?

    package init(
        name: String? = nil, country: String? = nil, currency: String? = nil, ownerName: String? = nil, ownerEmail: String? = nil,
        isActive: Bool? = nil
    ) {
        self.name = name
        self.country = country
        self.currency = currency
        self.ownerName = ownerName
        self.ownerEmail = ownerEmail
        self.isActive = isActive
    }
}
