/// Finds a row whose figures are the sums of the rows above it, whatever it is called.
struct RunningTotal {
    /// So many rows must be above it: fewer add up by chance.
    private static let fewestRows = 4

    private var rows = 0
    private var quantity: Int64 = 0
    private var amount: Int64 = 0

    /// Takes the next row; true where it is the sum of all before it, or since the last such sum.
    mutating func take(quantity: Int64, amount: Int64) -> Bool {
        if rows >= RunningTotal.fewestRows, quantity == self.quantity, amount == self.amount, quantity.magnitude > 1 {
            self = RunningTotal()
            return true
        }
        add(quantity: quantity, amount: amount)
        return false
    }

    /// Sums that no longer fit belong to no file of sales; `Harvest` refuses it.
    private mutating func add(quantity: Int64, amount: Int64) {
        rows += 1
        self.quantity &+= quantity
        self.amount &+= amount
    }
}
