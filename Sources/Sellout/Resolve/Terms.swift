/// What the daemon must know of a reseller to make sales of drafts and to settle a batch.
package struct Terms: Hashable, Sendable {
    package var reseller: String
    package var vendorName: String
    package var country: String
    package var currency: String
    package var vatIncluded: Bool
    /// Each file holds the earlier periods again: what repeats is unchanged, not an error.
    package var isLivingDocument: Bool
    /// New stores are taken on first sight.
    package var storesAreOpen: Bool
    package var approval: ApprovalPolicy

    package init(
        reseller: String, vendorName: String, country: String = "", currency: String, vatIncluded: Bool = false,
        isLivingDocument: Bool = false,
        storesAreOpen: Bool = true, approval: ApprovalPolicy = .clean
    ) {
        self.reseller = reseller
        self.vendorName = vendorName
        self.country = country
        self.currency = currency
        self.vatIncluded = vatIncluded
        self.isLivingDocument = isLivingDocument
        self.storesAreOpen = storesAreOpen
        self.approval = approval
    }
}
