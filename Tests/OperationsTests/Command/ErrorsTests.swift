import Cells
import Foundation
import Ledger
import Sellout
import Testing

@testable import selloutctl

/// `errors` put together and as CSV, over the ledger that it has in earnest.
@Suite struct ErrorsTests {
    private let terminal: Terminal
    private let ledger: SQLiteLedger

    init() throws {
        ledger = try SQLiteLedger(inMemory: ())
        terminal = try Terminal(ledger)
        let batch = try Samples.batch("0badcafe", .pending, reseller: "liberty")
        try ledger.register([batch])
        _ = try ledger.beginTry(batch.id, sha256: "ab", at: Samples.moment)
        var chunk = StagedChunk(referenceVersion: try ledger.referenceVersion())
        chunk.sheets = ["S"]
        chunk.products = [StagedProduct(naming: ProductNaming(code: "SOAP"), ean: nil)]
        chunk.stores = [StagedStore(naming: StoreNaming(name: "Flagship"), store: nil)]
        let day = SaleDate.day(try #require(CivilDay(year: 2025, month: 4, day: 3)))
        for row in 2..<10 {
            let draft = Draft(sheet: 0, row: Int32(row), product: 0, store: 0, date: day, quantity: 1, amount: nil)
            chunk.rows.append(StagedRow(draft: draft, local: nil, euros: nil, rate: nil))
            chunk.errors.append(
                RowError(
                    sheet: "S", row: row, column: "A", type: .productNotMapped, message: "The product \"SOAP\" is not known.",
                    field: "code",
                    value: "SOAP"))
        }
        for row in 10..<14 {
            chunk.errors.append(
                RowError(sheet: "S", row: row, type: .invalidQuantity, message: "No number.", field: "quantity", value: "=1"))
        }
        chunk.malformedRows = 4
        _ = try ledger.settle(batch.id, lastChunk: chunk, Findings(), terms: Samples.terms[1], at: Samples.moment)
    }

    @Test func `that much has failed is said first, on each page and in the report`() throws {
        let sentence = "12 of 12 rows failed (100 %)."
        #expect(try terminal.run("errors", "0bad", "--by", "type").lines.first == sentence)
        #expect(try terminal.run("errors", "0bad", "--limit", "1").lines.first == sentence)
        #expect(try terminal.run("show", "0bad").output.contains("\n            \(sentence) Waits for approval"))
        let report = try #require(try terminal.run("show", "0bad", "--json").json as? [String: Any])
        #expect((report["message"] as? String)?.hasPrefix(sentence) == true)
    }

    @Test func `errors put together are a table, CSV and JSON`() throws {
        let table = try terminal.run("errors", "0bad", "--by", "type").lines
        #expect(
            Array(table.dropFirst()) == [
                "TYPE                ERRORS  ROWS  FIRST  VALUE  MESSAGE",
                "PRODUCT_NOT_MAPPED       8     8  S 2    SOAP   The product \"SOAP\" is not known.",
                "INVALID_QUANTITY         4     4  S 10   =1     No number.",
            ])
        #expect(
            try terminal.run("errors", "0bad", "--by", "store", "--csv").lines == [
                "store,errors,rows,first_sheet,first_row_number,first_error_type,first_error_message,first_field_value",
                "Flagship,8,8,S,2,PRODUCT_NOT_MAPPED,\"The product \"\"SOAP\"\" is not known.\",SOAP",
                ",4,4,S,10,INVALID_QUANTITY,No number.,\"'=1\"",
            ])
        let json = try #require(try terminal.run("errors", "0bad", "--by", "product", "--json").json as? [[String: Any]])
        #expect(json.map { $0["product"] as? String } == ["SOAP", nil] && json.map { $0["errors"] as? Int } == [8, 4])
        #expect(try terminal.run("errors", "0bad", "--by", "field", "--limit", "1").lines.last?.hasSuffix("--offset 1.") == true)
    }

    @Test func `errors as CSV have a line each, and no line is a formula`() throws {
        let lines = try terminal.run("errors", "0bad", "--csv").lines
        #expect(lines.count == 13 && lines[0] == "sheet,row_number,column,error_type,error_message,field_name,field_value,suggestion")
        #expect(lines[1] == "S,2,A,PRODUCT_NOT_MAPPED,\"The product \"\"SOAP\"\" is not known.\",code,SOAP,")
        #expect(lines[12] == "S,13,,INVALID_QUANTITY,No number.,quantity,\"'=1\",")
        #expect(try terminal.run("errors", "0bad", "--csv", "--type", "INVALID_QUANTITY", "--offset", "1").lines.count == 4)
    }

    @Test(arguments: [["--by", "colour"], ["--by", "type", "--type", "INVALID_EAN"], ["--csv", "--json"]])
    func `what cannot be meant is refused`(words: [String]) throws {
        #expect(try terminal.run(["errors", "0bad"] + words).status == 2)
    }
}
