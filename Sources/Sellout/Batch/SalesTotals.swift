/// The sums of a batch's processed sales.
package struct SalesTotals: Hashable, Sendable {
    package var quantity: Int64
    package var local: Money
    package var euros: Money

    package static let zero = SalesTotals(quantity: 0, local: .zero, euros: .zero)

    package init(quantity: Int64, local: Money, euros: Money) {
        self.quantity = quantity
        self.local = local
        self.euros = euros
    }
}
