import Batches
import Cells
import Foundation
import Linux
import Reports
import RetailFit
import Spreadsheets
import Testing

@Suite struct FitReportTests {
    private static let moment = Timestamp(milliseconds: 1_744_633_800_000)
    private static let serums = [CategoryChoice(category: "Hair", subcategory: "Serums")]
    private static let hostile = "<script>alert(1)</script>\"'&=1+1\u{0}\u{202E}"

    /// Retailers of these names, each of which sells a serum at 300 with a margin of 22.
    private func report(
        _ retailers: [String], brand: String = "Costa", margin: String? = "20-25", choices: [CategoryChoice] = serums,
        price: Int64? = 300
    ) throws -> FitReport {
        var market = FitMarket()
        for (place, name) in retailers.enumerated() {
            let id = Int64(place + 1)
            market.add(.init(id: id, name: name, category: "NMT", format: "Beauty", outlets: 100 - place))
            market.add(
                to: id, category: market.number(of: "HAIR"), subcategory: market.number(of: "SERUMS"),
                price: Exact(DecimalNumber(digits: 300)), margin: Exact(DecimalNumber(digits: 22)))
        }
        var described = Brand(name: brand)
        described.margin = margin.map { MarginBand($0) }
        let offers = price.map { [FitQuestion.Offer(subcategory: "Serums", price: DecimalNumber(digits: $0))] } ?? []
        let question = FitQuestion(
            categories: choices.map(\.category), subcategories: choices.map(\.subcategory), margin: described.margin, offers: offers)
        return FitReport(described, choices: choices, scores: market.scores(for: question), at: Self.moment)
    }

    private func text(_ report: FitReport) -> String { String(decoding: report.htmlBytes, as: UTF8.self) }

    @Test func `the page ranks, shows the four parts, says why and what to do, and needs nothing beside it`() throws {
        let page = text(try report(["Northgate", "Southgate"]))
        // 30 · 100 + 30 · 0 + 10 · 90.9 + 30 · 100 is 69.
        for piece in [
            "None of 2 retailers is a high fit yet.", "Hair: Serums", "<strong>69</strong>", "Medium", "Pilot Launch in Select Stores",
            "Prefer SOR if competition high", "It sells Hair, as you chose.", "Your margin begins at 20 %", "width=\"90\"",
            "2025-04-14T12:30:00Z",
        ] { #expect(page.contains(piece), "\(piece)") }
        let places = ["Northgate", "Southgate"].compactMap { page.range(of: $0)?.lowerBound }
        #expect(places.count == 2 && places[0] < places[1])
        for foreign in ["<script", "http:", "https:", "url(", "src=", "href=", "@import"] { #expect(!page.contains(foreign), "\(foreign)") }
        #expect(page.contains("prefers-color-scheme:dark") && page.contains("@page{size:A4") && page.contains("width=device-width"))
    }

    @Test func `hostile names are text on the page, no formula in CSV, and as they are in the workbook`() throws {
        let report = try report(
            [Self.hostile], brand: Self.hostile, choices: [CategoryChoice(category: Self.hostile, subcategory: Self.hostile)])
        let page = text(report)
        #expect(!page.contains("<script") && !page.contains("\u{0}") && !page.contains("\u{202E}"))
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;=1+1"))
        let csv = String(decoding: try self.report(["=cmd|'/c calc'!A1"]).csvBytes, as: UTF8.self)
        #expect(csv.contains("1,\"'=cmd|'/c calc'!A1\",NMT,Beauty,100,69,Medium"))
        let cells = try cells(self.report(["=1+1", "@x"]))
        #expect(cells.contains("Fit!2:1==1+1") && cells.contains("Fit!3:1=@x"))
    }

    @Test func `the workbook has the ranking as numbers and says what it was made of`() throws {
        let found = try cells(try report(["Northgate"]))
        for cell in [
            "Fit!1:1=Retailer", "Fit!2:0=#1", "Fit!2:1=Northgate", "Fit!2:4=#100", "Fit!2:5=#69", "Fit!2:6=Medium", "Fit!2:9=#100",
            "Fit!2:10=#0", "Fit!2:11=#90", "Fit!2:12=#100", "About!2:1=Costa", "About!3:1=Hair: Serums",
        ] { #expect(found.contains(cell), "\(cell)") }
    }

    @Test func `without choices nobody is ranked, and it says what to do`() throws {
        let report = try report(["Northgate"], choices: [])
        #expect(report.scores.isEmpty && report.headline == "No categories are chosen yet.")
        #expect(text(report).contains("Choose the categories that you sell in") && !text(report).contains("<table"))
        #expect(try cells(report).contains { $0.contains("nothing yet") })
    }

    @Test func `what keeps a score low through no fault of a retailer is said first`() throws {
        #expect(try report(["N"], margin: nil).advice?.contains("Your trade margin is missing") == true)
        #expect(try report(["N"], price: nil).advice?.contains("Your products' prices are missing") == true)
        #expect(try report(["N"]).advice == nil)
        #expect(try report([]).headline == "No retailers are known yet.")
    }

    @Test func `a page of very many shows the first and says that the workbook has more`() throws {
        let page = text(try report((0..<510).map { "R\($0)" }))
        #expect(page.contains("10 more stand in the workbook.") && page.components(separatedBy: "<td class=\"who\">").count == 501)
    }

    /// `Sheet!row:column=value`, a number with `#` before it.
    private func cells(_ report: FitReport) throws -> [String] {
        let file = try Descriptor(unnamedIn: NSTemporaryDirectory())
        try file.write(try report.workbookBytes())
        let book = try Workbook(descriptor: file.number, name: "fit.xlsx")
        var found: [String] = []
        for (index, sheet) in book.sheets.enumerated() {
            try book.read(sheet: index) { row in
                for cell in row.cells {
                    found.append("\(sheet.name)!\(row.number):\(cell.column)=\(cell.number.map { "#\($0)" } ?? row.string(cell))")
                }
                return true
            }
        }
        return found
    }
}
