import Cells
import Foundation
import Ledger
import Sellout
import Testing

@testable import selloutctl

/// `diff` over the ledger that it has in earnest.
@Suite struct DiffTests {
    private let terminal: Terminal
    private let ledger: SQLiteLedger

    init() throws {
        ledger = try SQLiteLedger(inMemory: ())
        terminal = try Terminal(ledger)
    }

    /// A batch of Liberty's with so many pieces of one product on each of these days of April.
    private func enter(_ digits: String, _ pieces: [Int: Int64], malformed: Int = 0) throws {
        let batch = try Samples.batch(digits, .pending, reseller: "liberty", filename: "\(digits).csv")
        try ledger.register([batch])
        _ = try ledger.beginTry(batch.id, sha256: digits, at: Samples.moment)
        var chunk = StagedChunk(referenceVersion: try ledger.referenceVersion())
        chunk.sheets = ["S"]
        chunk.products = [StagedProduct(naming: ProductNaming(code: "=SOAP"), ean: nil)]
        chunk.stores = [StagedStore(naming: StoreNaming(name: "Flagship"), store: nil)]
        for (day, quantity) in pieces.sorted(by: { $0.key < $1.key }) {
            let date = SaleDate.day(try #require(CivilDay(year: 2025, month: 4, day: day)))
            let draft = Draft(
                sheet: 0, row: Int32(day), product: 0, store: 0, date: date, quantity: quantity, amount: Money(units: quantity * 10_000))
            chunk.rows.append(StagedRow(draft: draft, local: nil, euros: nil, rate: nil))
            chunk.errors.append(RowError(sheet: "S", row: day, type: .productNotMapped, message: "?"))
        }
        for row in 0..<malformed { chunk.errors.append(RowError(sheet: "S", row: 50 + row, type: .invalidQuantity, message: "?")) }
        chunk.malformedRows = malformed
        _ = try ledger.settle(batch.id, lastChunk: chunk, Findings(), terms: Samples.terms[1], at: Samples.moment)
    }

    @Test func `the page names both files, lists what differs and counts the rest`() throws {
        try enter("aaaaaaaa", [1: 1, 2: 2, 3: 3], malformed: 2)
        try enter("bbbbbbbb", [2: 2, 3: 4, 4: 1])
        let end = try terminal.run("diff", "aaaa", "bbbb")
        #expect(end.status == 0)
        #expect(
            end.output == """
                First   aaaaaaaa  liberty  aaaaaaaa.csv
                Second  bbbbbbbb  liberty  bbbbbbbb.csv

                DIFFERENCE          DATE        STORE     PRODUCT  NAME  QTY 1  QTY 2  LOCAL 1  LOCAL 2
                only in the first   2025-04-01  Flagship  =SOAP              1      -     1.00        -
                other figures       2025-04-03  Flagship  =SOAP              3      4     3.00     4.00
                only in the second  2025-04-04  Flagship  =SOAP              -      1        -     1.00

                1 only in the first, 1 only in the second, 1 with other figures, 1 the same.
                Of the 5 rows of aaaaaaaa 3 are compared; the others could not be read, were in the ledger already, or gave way to later files.

                """)
    }

    @Test func `as CSV and as JSON it has the same columns`() throws {
        try enter("aaaaaaaa", [1: 1])
        try enter("bbbbbbbb", [1: 2])
        let csv = try terminal.run("diff", "aaaa", "bbbb", "--csv").lines
        #expect(csv.last == "other_figures,2025-04-01,Flagship,\"'=SOAP\",,1,1,1.00,1,2,2.00")
        let json = try #require(try terminal.run("diff", "aaaa", "bbbb", "--json").json as? [String: Any])
        #expect(json["other_figures"] as? Int == 1 && json["same"] as? Int == 0)
        let lines = try #require(json["differences"] as? [[String: Any]])
        #expect(lines.first?["second_local"] as? String == "2.00" && Set(lines.flatMap(\.keys)).count == csv[0].split(separator: ",").count)
        #expect(try terminal.run("diff", "aaaa", "bbbb", "--csv", "--json").status == 2)
    }

    @Test func `a batch is not compared with itself, and both must be there`() throws {
        try enter("aaaaaaaa", [1: 1])
        #expect(try terminal.run("diff", "aaaa", "aaaaaaaa").complaint == "selloutctl: aaaa and aaaaaaaa are one batch.\n")
        #expect(try terminal.run("diff", "aaaa", "cccc").complaint == "selloutctl: There is no batch cccc.\n")
    }
}
