/// Finds a row whose figures are the sums of the rows above it, whatever it is called.
struct RunningTotal {
    /// So many rows must be above it: fewer add up by chance.
    private static let fewestRows = 3
    /// Where all pieces cost the same, the sum must have so many: few pieces add up by chance.
    private static let manyPieces = 12
    private static let mostPrices = 100

    private var rows = 0
    private var quantity: Int64 = 0
    private var amount: Int64 = 0
    /// What a piece costs in the rows above. A sum of different prices is at a price of its own.
    private var prices: Set<Int64> = []

    /// Takes the next row; true where it is the sum of all before it, or since the last such sum.
    mutating func take(quantity: Int64, amount: Int64) -> Bool {
        let price = quantity == 0 ? 0 : amount / quantity
        if rows >= RunningTotal.fewestRows, quantity == self.quantity, amount == self.amount, quantity.magnitude > 1,
            !prices.contains(price) || quantity.magnitude >= RunningTotal.manyPieces
        {
            self = RunningTotal()
            return true
        }
        rows += 1
        if prices.count < RunningTotal.mostPrices { prices.insert(price) }
        // Sums that do not fit belong to no file of sales: `Harvest` refuses it.
        self.quantity &+= quantity
        self.amount &+= amount
        return false
    }
}
