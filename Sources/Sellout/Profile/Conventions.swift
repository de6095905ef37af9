/// How a reseller writes figures, and which it may send: what reading a row takes, whatever the layout.
package struct Conventions: Sendable {
    package enum ZeroQuantity: String, CaseIterable, Sendable {
        /// No sale.
        case skip
        /// INVALID_QUANTITY.
        case refuse
    }

    /// The store's name where a layout names none.
    package var vendorName: String
    package var currency: String
    package var numbers: NumberStyle
    package var dates: DateOrder
    package var returnsAllowed: Bool
    package var zeroQuantity: ZeroQuantity
}
