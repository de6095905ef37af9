/// What the daemon must know of a reseller to make sales of drafts and to settle a batch.
public struct Terms: Hashable, Sendable {
    public var reseller: String
    public var vendorName: String
    public var country: String
    public var currency: String
    public var vatIncluded: Bool
    /// Each file holds the earlier periods again: what repeats is unchanged, not an error.
    public var isLivingDocument: Bool
    /// New stores are taken on first sight.
    public var storesAreOpen: Bool
    public var approval: ApprovalPolicy

    public init(
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
