/// Finds a row whose figures are the sums of the rows above it, or of all others, whatever it is called.
struct RunningTotal {
    private struct Figures {
        let row: Int
        let quantity: Int64
        let amount: Int64

        /// What a piece costs. A sum of different prices is at a price of its own.
        var price: Int64 { quantity == 0 ? 0 : amount / quantity }
    }

    /// So many rows must be summed up: fewer add up by chance.
    private static let fewestRows = 3
    /// Where all pieces cost the same, the sum must have so many: few pieces add up by chance.
    private static let manyPieces = 12
    /// Of so many rows: the prices of longer tables repeat.
    private static let mostPrices = 1000

    private var rows = 0
    private var quantity: Int64 = 0
    private var amount: Int64 = 0
    /// How many rows sell at each price.
    private var prices: [Int64: Int] = [:]
    private var largest: Figures?

    /// Takes the next row; true where it is the sum of all before it, or since the last such sum.
    mutating func take(quantity: Int64, amount: Int64, row: Int) -> Bool {
        let figures = Figures(row: row, quantity: quantity, amount: amount)
        if rows >= RunningTotal.fewestRows, quantity == self.quantity, amount == self.amount, isTelling(figures, ownRows: 0) {
            self = RunningTotal()
            return true
        }
        rows += 1
        if rows < RunningTotal.mostPrices { prices[figures.price, default: 0] += 1 }
        // Sums that do not fit belong to no file of sales: `Harvest` refuses it.
        self.quantity &+= quantity
        self.amount &+= amount
        if quantity.magnitude > largest?.quantity.magnitude ?? 0 { largest = figures }
        return false
    }

    /// The row that is the sum of all others, above it and below.
    var sumOfAllOthers: Int? {
        guard let largest, rows > RunningTotal.fewestRows, rows < RunningTotal.mostPrices, largest.quantity &* 2 == quantity,
            largest.amount &* 2 == amount, isTelling(largest, ownRows: 1)
        else { return nil }
        return largest.row
    }

    private func isTelling(_ sum: Figures, ownRows: Int) -> Bool {
        guard sum.quantity.magnitude > 1 else { return false }
        return sum.amount != 0 && prices[sum.price, default: 0] <= ownRows || sum.quantity.magnitude >= RunningTotal.manyPieces
    }
}
