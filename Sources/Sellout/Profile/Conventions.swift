/// How a reseller writes figures, and which it may send: what reading a row takes, whatever the layout.
public struct Conventions: Sendable {
    public enum ZeroQuantity: String, CaseIterable, Sendable {
        /// No sale.
        case skip
        /// INVALID_QUANTITY.
        case refuse
    }

    /// The store's name where a layout names none.
    public var vendorName: String
    public var currency: String
    public var numbers: NumberStyle
    public var dates: DateOrder
    public var returnsAllowed: Bool
    public var zeroQuantity: ZeroQuantity
}
