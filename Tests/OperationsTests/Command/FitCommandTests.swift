import Batches
import Cells
import Foundation
import Ledger
import RetailFit
import Testing

@testable import selloutctl

/// `fit` over the ledger that it has in earnest.
@Suite struct FitCommandTests {
    private let ledger: SQLiteLedger
    private let terminal: Terminal
    private let deed = Deed(actor: "anna", at: Samples.moment)

    init() throws {
        ledger = try SQLiteLedger(inMemory: ())
        terminal = try Terminal(ledger)
    }

    /// Two retailers that sell a serum, and a brand that has sent one of its own.
    private func fill(choosing choices: [CategoryChoice] = [CategoryChoice(category: "Hair", subcategory: "Serums")]) throws {
        var data = RetailData()
        data.retailers = [Retailer(code: "RT_1", name: "Northgate"), Retailer(code: "RT_2", name: "=South\u{1B}[2Jgate")]
        data.products = [RetailProduct(code: "P1", brand: "B", category: "HAIR", subcategory: "SERUMS")]
        data.codes = ["RT_1", "RT_2", "P1"]
        for (retailer, price) in [(Int32(0), Int64(300)), (1, 900)] {
            let listing = Listing(price: DecimalNumber(digits: price), margin: DecimalNumber(digits: 20))
            data.listings.append(.init(retailer: retailer, product: 2, listing: listing))
        }
        let own = RetailProduct(code: "X", category: "Hair", subcategory: "Serums", price: DecimalNumber(digits: 310))
        data.ownProducts = [.init(brand: "Costa", product: own, name: "Serum")]
        _ = try ledger.take(data, brand: nil, by: deed)
        let brand = try #require(try ledger.brand(named: "costa")).id
        _ = try ledger.change(brand: brand, { $0.margin = MarginBand("20-25") }, by: deed)
        _ = try ledger.set(choices, ofBrand: brand, by: deed)
    }

    @Test func `a table ranks the retailers, and hostile names move no cursor`() throws {
        try fill()
        let end = try terminal.run("fit", "--brand", " COSTA")
        #expect(end.status == 0 && end.complaint.isEmpty)
        #expect(end.lines.prefix(2) == ["None of 2 retailers is a high fit yet.", "Costa chose Hair: Serums."])
        #expect(end.lines[2].hasPrefix("RANK  RETAILER"))
        #expect(end.lines[3].contains("Northgate") && end.lines[3].contains(" 70  Medium"))
        #expect(end.lines[4].contains("=South\\u{001B}[2Jgate"))
        #expect(!end.output.contains("\u{1B}"))
    }

    @Test func `choices on the command line stand for the saved ones, and what nobody offers is told`() throws {
        try fill(choosing: [])
        let end = try terminal.run("fit", "--brand", "Costa", "--categories", "Hair: Serums, Serumz")
        #expect(end.status == 0 && end.output.contains("Costa chose Hair: Serums, Serumz."))
        #expect(end.output.contains("Not among the categories on offer: Hair: Serumz; is SERUMS meant?"))
        let strange = try terminal.run("fit", "--brand", "Costa", "--categories", "Hiar; Hair: Zzz")
        #expect(strange.output.contains("Not among the categories on offer: Hiar; Hair: Zzz; is Hair meant?"))
        #expect(try terminal.run("fit", "--brand", "Costa", "--categories", "Hair: Serums").output.contains("on offer") == false)
    }

    @Test func `an unknown brand is told with the nearest name, and a brand without choices what to do`() throws {
        #expect(try terminal.run("fit", "--brand", "Costa").complaint.contains("none has registered"))
        try fill(choosing: [])
        let unknown = try terminal.run("fit", "--brand", "Cotsa")
        #expect(unknown.status == 1 && unknown.complaint == "selloutctl: There is no brand Cotsa; is Costa meant?\n")
        #expect(try terminal.run("fit", "--brand", "Zzzzzzzz").complaint == "selloutctl: There is no brand Zzzzzzzz; known are Costa.\n")
        let none = try terminal.run("fit", "--brand", "Costa")
        #expect(none.status == 1 && none.complaint.contains("Costa has chosen no categories yet. Name some with --categories"))
    }

    @Test(arguments: [
        ["fit"], ["fit", "--brand", "Costa", "--csv", "--html"], ["fit", "--brand", "Costa", "--json", "--xlsx"],
        ["fit", "--brand", "Costa", "--out", "x"], ["fit", "--brand", "Costa", "--categories", ": Serums"],
    ])
    func `what makes no sense is explained`(words: [String]) throws {
        try fill()
        let end = try terminal.run(words)
        #expect(end.status == 2 && end.output.isEmpty && end.complaint.contains("--"))
    }

    @Test func `JSON, CSV, page and workbook tell the same, and no file is written over`() throws {
        try fill()
        let json = try #require(try terminal.run("fit", "--brand", "Costa", "--json").json as? [String: Any])
        let retailers = try #require(json["retailers"] as? [[String: Any]])
        #expect(retailers.map { $0["fit_score"] as? Int } == [70, 54])
        #expect((json["calculation_summary"] as? [String: Int])?["medium_priority"] == 1)
        let csv = try terminal.run("fit", "--brand", "Costa", "--csv").lines
        #expect(csv.count == 3 && csv[0].hasPrefix("rank,retailer_name") && csv[1].hasPrefix("1,Northgate,,,0,70,Medium"))
        #expect(try terminal.run("fit", "--brand", "Costa", "--html").output.hasPrefix("<!DOCTYPE html>"))
        let path = terminal.root + "/fit.xlsx"
        let end = try terminal.run("fit", "--brand", "Costa", "--xlsx", "--out", path)
        let size = FileManager.default.contents(atPath: path)?.count ?? 0
        #expect(end.status == 0 && size > 1000 && end.output == "\(size) bytes written to \(path).\n")
        let again = try terminal.run("fit", "--brand", "Costa", "--xlsx", "--out", path)
        #expect(again.status == 1 && again.complaint.contains("is there already"))
    }
}
