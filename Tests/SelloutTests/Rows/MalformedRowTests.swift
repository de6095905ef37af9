import Sellout
import Testing

/// A row that cannot be read hands over what could be read of it.
@Suite struct MalformedRowTests {
    private func boxnox(_ rows: [[TestBook.Value]]) throws -> [MalformedRow] {
        let head: [TestBook.Value] = ["year", "Month", "CHANNEL", "POS", "EAN", "QTY", "Amount", "DESCRIPTION", "SKU"]
        return try TestBook("BOXNOX - BIBBI Monthly Sales Report APR2025.xlsx", sheet: "Sell Out by EAN", [head] + rows).reading(
            as: "boxnox"
        ).harvested.malformed
    }

    private func said(_ row: MalformedRow) -> String {
        "\(row.row): \(row.parts.line) lacks \(row.wanting(row.parts, said: []).map(\.rawValue).joined(separator: ", "))"
    }

    @Test func `the parts that were right are kept, and those that were wrong are named`() throws {
        let rows = try boxnox([
            [2025, 4, "Retail", "Sol", "7350154320015", "two", "20,10", "EDP", "BB"],
            [2025, 13, "Retail", "Sol", "7350154320015", 2, "20,10"], [2025, 4, "Retail", "Sol", "735015432001", 2, "x"],
            [2025, 4, "Retail", .error("#REF!"), "7350154320015", 2, "20,10"], [2025, 4, "Retail", "Sol", "7350154320015", nil, "20,10"],
            [2025, 4, "Retail", "Sol", "7350154320015", 0, "20,10"],
        ])
        #expect(
            rows.map(said) == [
                "2: 7350154320015 BB EDP | Sol | 2025-04 | - | 20.10 | - | - | - | - | - lacks quantity",
                "3: 7350154320015 | Sol | - | 2 | 20.10 | - | - | - | - | - lacks date",
                "4: - | Sol | 2025-04 | 2 | - | - | - | - | - | - lacks product, amount",
                "5: 7350154320015 | - | 2025-04 | 2 | 20.10 | - | - | - | - | - lacks store",
                "6: 7350154320015 | Sol | 2025-04 | - | 20.10 | - | - | - | - | - lacks quantity",
                "7: 7350154320015 | Sol | 2025-04 | 0 | 20.10 | - | - | - | - | - lacks quantity",
            ])
        #expect(rows.map(\.columns) == [["F"], ["B"], ["E", "G"], ["D"], ["F"], ["F"]])
    }

    @Test func `a formula without a value lacks what its column holds, and nothing else`() throws {
        let rows = try boxnox([
            [2025, 4, "Retail", "Sol", "7350154320015", 2, .uncalculated], [2025, 4, "Retail", "Sol", .uncalculated, 2, 9],
        ])
        #expect(
            rows.map(said) == [
                "2: 7350154320015 | Sol | 2025-04 | 2 | - | - | - | - | - | - lacks amount",
                "3: - | Sol | 2025-04 | 2 | 9.00 | - | - | - | - | - lacks product",
            ])
    }

    @Test func `a row that can be read hands over nothing, and neither does a header in between`() throws {
        let head: [TestBook.Value] = ["year", "Month", "CHANNEL", "POS", "EAN", "QTY", "Amount", "DESCRIPTION", "SKU"]
        #expect(try boxnox([[2025, 4, "Retail", "Sol", "7350154320015", 2, "20,10"], head]).isEmpty)
    }

    @Test func `a name that is no name is not taken along`() throws {
        let long = String(repeating: "x", count: 600)
        let row = try #require(try boxnox([[2025, 4, "Retail", .text(long), "7350154320015", "two", 1]]).first)
        #expect(row.parts.store == nil && row.parts.product != nil)
    }
}
