import Sellout
import Testing

/// A table's stores that say what other stores say together.
@Suite struct SumStoresTests {
    private let sheet = TestBook.boxnoxSheet

    /// Rows by store: so many pieces of each product, at 10, 11, 12, … a piece.
    private func held(_ stores: [(name: String, pieces: [Int64])]) throws -> [String] {
        let rows = stores.flatMap { store in
            store.pieces.enumerated().filter { $0.element != 0 }.map { number, pieces in
                TestBook.boxnoxRow(.text(store.name), .ean(number + 1), .pieces(pieces), .pieces(pieces * Int64(10 + number)))
            }
        }
        return try TestBook.boxnox(rows).reading(as: "boxnox").held
    }

    private let sol: [Int64] = [4, 1, 7, 9]
    private let luz: [Int64] = [2, 5, 3, 8]
    private let rio: [Int64] = [3, 3, 1, 5]

    @Test func `stores that are no sums of each other are silent`() throws {
        #expect(try held([("Sol", sol), ("Luz", luz), ("Rio", rio)]).isEmpty)
    }

    @Test(arguments: 0..<3) func `a store with the figures of all others is not sold in silence`(place: Int) throws {
        var stores = [("Sol", sol), ("Luz", luz)]
        stores.insert(("España", zip(sol, luz).map(+)), at: place)
        let found = try held(stores)
        #expect(found.contains("STORE_IS_A_SUM | \(sheet) |  | store \"España\""))
    }

    @Test func `a store with the figures of two neighbours makes the batch wait, and one that sold the same as another does not`() throws {
        #expect(
            try held([("Rio", rio), ("Sol", sol), ("Luz", luz), ("Madrid", zip(sol, luz).map(+))]).contains(
                "STORE_IS_A_SUM | \(sheet) |  | store \"Madrid\""))
        #expect(try held([("Sol", sol), ("Luz", luz), ("Rio", rio), ("Sol 2", sol)]).isEmpty)
    }

    @Test func `stores that sell the same few pieces are stores`() throws {
        #expect(try held([("Sol", [1, 1]), ("Luz", [1, 1])]).isEmpty)
        #expect(try held([("Sol", [1, 0, 1]), ("Luz", [0, 1, 0]), ("Rio", [1, 1, 1])]).isEmpty)
    }

    @Test func `the same pieces in another month are no sum`() throws {
        func rows(_ store: TestBook.Value, _ month: TestBook.Value, _ sold: [Int64]) -> [Values] {
            sold.enumerated().map { TestBook.boxnoxRow(store, .ean($0 + 1), .pieces($1), .pieces($1 * Int64(10 + $0)), month: month) }
        }
        let both = zip(sol, luz).map(+)
        let parts = rows("Sol", 4, sol) + rows("Luz", 4, luz)
        #expect(try TestBook.boxnox(parts + rows("Madrid", 3, both)).reading(as: "boxnox").held.isEmpty)
        #expect(try TestBook.boxnox(parts + rows("Madrid", 4, both)).reading(as: "boxnox").doubts.contains("STORE_IS_A_SUM"))
    }
}
