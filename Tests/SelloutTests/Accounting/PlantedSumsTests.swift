import Cells
import Chances
import Testing

@testable import Sellout

/// Sums that are planted into files of chance are found, wherever they stand and whatever they are called.
@Suite struct PlantedSumsTests {
    private static let names = ["Baltics", "Everything", "LT+LV", "Σ", "Visas", "2025", "Store 99", "E-shop"]

    @Test(arguments: [(12, 3), (16, 8), (30, 5), (50, 20)] as [(Int, Int)])
    func `a store with the sums of all others is found in a grid whose Total counts it too`(products: Int, stores: Int) throws {
        var files = HonestFiles(seed: UInt64(products * 100 + stores))
        for round in 0..<40 {
            var grid = files.grid(products: products, columns: stores)
            // So much must be sold that it cannot be chance.
            grid[0][0] += 80
            grid[1][stores - 1] += 40
            let place = files.number(0...stores)
            for row in grid.indices { grid[row].insert(grid[row].reduce(0, +), at: place) }
            let name = Self.names[round % Self.names.count]
            let reading = try TestBook.stores(grid, at: files.prices(products)) { $0 == place ? name : "Store \($0)" }.reading(as: "cdlc")
            let look = "store \"\(name)\" (column \(ColumnName.text(3 + 2 * place)))"
            #expect(reading.held.contains("COLUMN_IS_A_SUM | \(TestBook.cdlcSheet) |  | \(look)"), "round \(round): \(grid)")
        }
    }

    @Test(arguments: [(30, 8), (50, 20)] as [(Int, Int)])
    func `a store with the sums of a run of neighbours is found in a grid`(products: Int, stores: Int) throws {
        var files = HonestFiles(seed: UInt64(products * 100 + stores))
        for round in 0..<40 {
            var grid = files.grid(products: products, columns: stores)
            let first = files.number(0...stores - 2)
            let last = files.number(first + 1...stores - 1)
            let place = files.isTrue(one: 2) ? first : last + 1
            for row in grid.indices { grid[row].insert(grid[row][first...last].reduce(0, +), at: place) }
            let reading = try TestBook.stores(grid, at: files.prices(products)).reading(as: "cdlc")
            #expect(reading.doubts.contains("COLUMN_IS_A_SUM"), "round \(round): \(first)...\(last) at \(place) of \(grid)")
        }
    }

    @Test func `a month with the sums of all others is found`() throws {
        var files = HonestFiles(seed: 7)
        for round in 0..<40 {
            var grid = files.grid(products: 12, columns: 5)
            let place = files.number(0...5)
            for row in grid.indices { grid[row].insert(grid[row].reduce(0, +), at: place) }
            #expect(try TestBook.months(grid).reading(as: "galilu").doubts.contains("COLUMN_IS_A_SUM"), "round \(round): \(grid)")
        }
    }

    @Test(arguments: [(5, 3), (12, 4), (50, 20)] as [(Int, Int)])
    func `a store with the sums of all others is found in a table`(products: Int, stores: Int) throws {
        var files = HonestFiles(seed: UInt64(products * 100 + stores))
        for round in 0..<40 {
            var grid = files.grid(products: products, columns: stores)
            grid[0][0] += 8
            grid[1][stores - 1] += 4
            let place = files.number(0...stores)
            for row in grid.indices { grid[row].insert(grid[row].reduce(0, +), at: place) }
            let reading = try TestBook.rows(grid, at: files.prices(products)).reading(as: "boxnox")
            #expect(reading.doubts.contains("STORE_IS_A_SUM"), "round \(round): \(grid)")
        }
    }

    @Test func `a row with the sums of all rows above is found in every layout, and a grid does not sell it`() throws {
        var files = HonestFiles(seed: 9)
        for round in 0..<40 {
            var grid = files.grid(products: 8, columns: 4)
            let place = files.number(3...8)
            // One product alone could cost the same.
            grid[0][0] += 15
            let sums = grid[0].indices.map { column in grid[..<place].reduce(0) { $0 + $1[column] } }
            grid.insert(sums, at: place)
            #expect(
                try TestBook.stores(grid, at: grid.map { _ in 245 }).reading(as: "cdlc").held.contains(
                    "ROW_IS_A_SUM | \(TestBook.cdlcSheet) | row \(5 + place) | the sums of all rows above"), "round \(round): \(grid)")
            #expect(
                try TestBook.months(grid).reading(as: "galilu").held.contains(
                    "ROW_IS_A_SUM | \(TestBook.galiluSheet) | row \(2 + place) | the sums of all rows above"), "round \(round): \(grid)")
        }
    }

    @Test func `a running total finds the sum of the rows above it wherever it stands`() {
        var files = HonestFiles(seed: 11)
        for _ in 0..<400 {
            var running = RunningTotal()
            var (quantity, amount) = (0 as Int64, 0 as Int64)
            let rows = files.number(3...60)
            for row in 0..<rows {
                let pieces = Int64(row < 3 ? 5 : files.number(1...9))
                let price = Int64(files.number(60...120))
                // A chance sum begins a new count.
                if running.take(quantity: pieces, amount: pieces * price, row: 1) { (quantity, amount) = (0, 0); continue }
                quantity += pieces
                amount += pieces * price
            }
            guard quantity >= 15 else { continue }
            let found = running.take(quantity: quantity, amount: amount, row: 1)
            #expect(found)
        }
    }

    @Test func `a sketch finds each of two sums, and calls none of the parts a sum`() {
        var files = HonestFiles(seed: 13)
        for _ in 0..<200 {
            let columns = files.number(4...12)
            var sketch = SumSketch(columns + 2)
            for row in 0..<files.number(10...40) {
                let pieces = (0..<columns).map { _ in Int64(files.number(0...9)) }
                let figures = pieces + [pieces[1] + pieces[2], pieces.reduce(0, +)]
                for (place, figure) in figures.enumerated() where figure != 0 {
                    sketch.add(place, key: UInt64(row), quantity: figure, amount: figure * 245)
                }
            }
            #expect(Set(sketch.sums(0..<columns + 1).map(\.total)) == [columns])
            let surplus = sketch.surplus(among: 0..<columns + 1, against: sketch.entries[columns + 1])
            #expect(surplus == columns)
            let isRun = sketch.isSum(columns + 1, ofRunIn: 0..<columns)
            #expect(isRun)
        }
    }

    @Test func `figures at the edge of what can be are no trap`() {
        var sketch = SumSketch(2)
        for place in 0..<4 {
            sketch.add(place, key: .max, quantity: place % 2 == 0 ? .max : .min, amount: .min)
            sketch.add(place, key: 0, quantity: .min, amount: .max)
        }
        #expect(sketch.sums().count <= 3)
        var running = RunningTotal()
        for _ in 0..<5 { _ = running.take(quantity: .max, amount: .min, row: 1) }
        _ = running.take(quantity: .min, amount: .max, row: 1)
    }
}

/// Honest files of chance are not said to hold sums, but for very few. The rates are what small figures cost.
@Suite struct FalseAlarmTests {
    /// How many of so many files are held for a sum.
    private func alarms(_ rounds: Int, _ reseller: String, _ book: (inout HonestFiles) -> TestBook) throws -> Int {
        var files = HonestFiles(seed: 2025)
        return try (0..<rounds).count { _ in
            let held = try book(&files).reading(as: reseller).held
            if !held.isEmpty { print("held:", held) }
            return !held.isEmpty
        }
    }

    @Test(arguments: [(50, 20), (30, 8), (12, 4)] as [(Int, Int)])
    func `of large files of honest figures at most one in forty is held`(products: Int, stores: Int) throws {
        #expect(try alarms(40, "cdlc") { TestBook.stores($0.grid(products: products, columns: stores), at: $0.prices(products)) } == 0)
        #expect(try alarms(40, "boxnox") { TestBook.rows($0.grid(products: products, columns: stores), at: $0.prices(products)) } <= 1)
        #expect(try alarms(40, "galilu") { TestBook.months($0.grid(products: products, columns: min(stores, 12))) } == 0)
    }

    @Test(arguments: [(1, 3), (2, 3), (3, 5), (3, 8), (5, 5), (5, 8)] as [(Int, Int)])
    func `of small stores' files of honest figures at most one in a hundred is held`(products: Int, stores: Int) throws {
        #expect(try alarms(200, "cdlc") { TestBook.stores($0.grid(products: products, columns: stores), at: $0.prices(products)) } <= 2)
        #expect(try alarms(200, "boxnox") { TestBook.rows($0.grid(products: products, columns: stores), at: $0.prices(products)) } <= 2)
        #expect(try alarms(200, "galilu") { TestBook.months($0.grid(products: products, columns: stores)) } <= 2)
    }

    @Test(arguments: [12, 60]) func `of a year's first files, with one month, at most one in a hundred is held`(products: Int) throws {
        let held = try alarms(200, "galilu") { TestBook.months($0.grid(products: products, columns: 1)) }
        #expect(held <= 2)
    }
}
