/// The sums of a batch's processed sales.
public struct SalesTotals: Hashable, Sendable {
    public var quantity: Int64
    public var local: Money
    public var euros: Money

    public static let zero = SalesTotals(quantity: 0, local: .zero, euros: .zero)

    public init(quantity: Int64, local: Money, euros: Money) {
        self.quantity = quantity
        self.local = local
        self.euros = euros
    }
}
