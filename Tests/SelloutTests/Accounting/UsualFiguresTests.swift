import Chances
import Sellout
import Testing

/// A batch against the reseller's last ones.
@Suite struct UsualFiguresTests {
    private func figures(_ sales: Int, _ quantity: Int64, _ euros: Int64) -> BatchFigures {
        BatchFigures(sales: sales, quantity: quantity, amount: Money(units: euros * 10_000))
    }

    /// Twelve batches of about 100 sales, two pieces each at 50.
    private var usual: [BatchFigures] { (0..<12).map { figures(95 + $0, 190 + 2 * Int64($0), 9500 + 100 * Int64($0)) } }

    private func remarks(on batch: BatchFigures, _ earlier: [BatchFigures], expecting change: (inout Expectations) -> Void = { _ in })
        -> [Warning]
    {
        var expectations = Expectations()
        change(&expectations)
        return UsualFigures(earlier, expectations).remarks(on: batch)
    }

    @Test func `a price of a piece, or pieces of a sale, far from all before make the batch wait`() {
        let dear = remarks(on: figures(100, 200, 100_000), usual)
        #expect(dear.map(\.code) == ["UNUSUAL_PRICE", "UNUSUAL_TOTAL"] && dear.map(\.holds) == [false, false])
        let many = remarks(on: figures(20, 200, 10_000), usual)
        #expect(many.map(\.code) == ["UNUSUAL_QUANTITY"] && many.map(\.holds) == [false])
        #expect(many.first?.message == "The average quantity of a sale is 10.0; in the last 12 files it was about 2.0.")
    }

    @Test func `cheap prices, and a file of returns, are as far away`() {
        #expect(remarks(on: figures(100, 200, 1000), usual).map(\.code) == ["UNUSUAL_PRICE", "UNUSUAL_TOTAL"])
        #expect(remarks(on: figures(100, -200, -10_000), usual).map(\.code) == ["UNUSUAL_TOTAL"])
    }

    @Test func `a batch like the others, a half and a double of them are silent`() {
        for batch in [figures(100, 200, 10_000), figures(50, 100, 5000), figures(200, 400, 20_000), figures(100, 200, 30_000)] {
            #expect(remarks(on: batch, usual).isEmpty)
        }
    }

    @Test func `where batches differ much, much is usual`() {
        let wild = [1000, 90_000, 4000, 50_000, 300, 70_000, 20_000, 9000].map { figures(Int($0 / 100), $0 / 50, $0) }
        #expect(remarks(on: figures(1000, 2000, 100_000), wild).isEmpty)
    }

    @Test func `fewer than four batches say nothing of what is usual, and of many the last twelve count`() {
        let odd = figures(100, 200, 100_000)
        #expect(remarks(on: odd, Array(usual.prefix(3))).isEmpty)
        #expect(!remarks(on: odd, Array(usual.prefix(4))).isEmpty)
        let dear = (0..<12).map { _ in figures(100, 200, 100_000) }
        #expect(remarks(on: odd, dear + usual + usual).isEmpty)
    }

    @Test func `a batch without sales is not compared`() { #expect(remarks(on: figures(0, 0, 0), usual).isEmpty) }

    @Test func `each remark is ignored, warned of or held as the profile says`() {
        let odd = figures(20, 200, 100_000)
        let all: (Expectations.Answer) -> [Bool] = { answer in
            remarks(on: odd, usual) { $0.usual = answer }.map(\.holds)
        }
        #expect(all(.ignore).isEmpty && all(.warn) == [false, false, false] && all(.hold) == [true, true, true])
    }

    @Test func `honest months of a small reseller are silent`() {
        var chance = Chance(seed: 12)
        var alarms = 0
        for _ in 0..<500 {
            let months = (0..<13).map { _ in
                let sales = Int.random(in: 10...40, using: &chance)
                let quantity = (0..<sales).reduce(0 as Int64) { sum, _ in sum + Int64.random(in: 1...3, using: &chance) }
                return figures(sales, quantity, quantity * Int64.random(in: 90...140, using: &chance))
            }
            if !remarks(on: months[0], Array(months.dropFirst())).isEmpty { alarms += 1 }
        }
        #expect(alarms == 0)
    }
}
