import Batches
import Cells
import Foundation
import Glibc
import Ledger
import RetailFit
import TestKit
import Testing

@testable import Pipeline

/// A brand's own folder in the retail outbox.
@Suite struct FitFolderTests {
    private func with(_ body: (Playground) async throws -> Void) async throws { try await Playground.with(.inThisProcess, body) }

    private static let deed = Deed(actor: "anna", at: Timestamp(milliseconds: 1))

    /// Another process's hand on the ledger.
    private func books(_ playground: Playground) throws -> SQLiteLedger {
        try playground.makeFolder(".ledger")
        return try SQLiteLedger(path: playground.root + "/.ledger/ledger.db")
    }

    @discardableResult
    private func enter(brand: String, in books: SQLiteLedger) throws -> Int64 {
        var data = RetailData()
        let product = RetailProduct(code: "X", category: "Hair", subcategory: "Serums", price: DecimalNumber(digits: 310))
        data.ownProducts = [.init(brand: brand, product: product, name: "Serum")]
        _ = try books.take(data, brand: nil, by: Self.deed)
        return try #require(try books.brand(named: brand)).id
    }

    private func enter(retailer name: String, in books: SQLiteLedger) throws {
        var data = RetailData()
        data.retailers = [Retailer(code: name, name: name)]
        data.products = [RetailProduct(code: "P1", category: "HAIR", subcategory: "SERUMS")]
        data.codes = [name, "P1"]
        data.listings = [.init(retailer: 0, product: 1, listing: Listing(price: DecimalNumber(digits: 300)))]
        _ = try books.take(data, brand: nil, by: Self.deed)
    }

    private func page(_ folder: String, in playground: Playground) -> String {
        (try? String(contentsOfFile: playground.path("retail/outbox/\(folder)/fit.html"), encoding: .utf8)) ?? ""
    }

    @Test func `it is made at start, and renewed when choices, the brand or the retailers change, and then only`() async throws {
        try await with { playground in
            let books = try books(playground)
            let brand = try enter(brand: "Costa/../<b>", in: books)
            let house = try await PipelineHouse(playground)
            let folder = "costa-b-\(brand)"
            try await eventually("a page that asks for choices") { page(folder, in: playground).contains("No categories are chosen yet.") }
            try await eventually("nothing owed") { try books.brandsOwedFit().isEmpty }
            _ = try books.set([CategoryChoice(category: "Hair", subcategory: "Serums")], ofBrand: brand, by: Self.deed)
            try await eventually("the choices") { page(folder, in: playground).contains("No retailers are known yet.") }
            try enter(retailer: "Northgate", in: books)
            try await eventually("the retailer") { page(folder, in: playground).contains("Northgate") }
            try await eventually("nothing owed any more") { try books.brandsOwedFit().isEmpty }
            #expect(playground.names(in: "retail/outbox/\(folder)") == ["fit.html", "fit.xlsx"])
            #expect(playground.names(in: "retail/outbox") == [folder])
            for name in ["fit.html", "fit.xlsx"] {
                var found = stat()
                try #require(unsafe stat(playground.path("retail/outbox/\(folder)/\(name)"), &found) == 0)
                #expect(found.st_mode & 0o7777 == 0o640)
            }
            var before = stat()
            try #require(unsafe stat(playground.path("retail/outbox/\(folder)/fit.html"), &before) == 0)
            // A change that concerns no brand.
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/a.csv")
            try await playground.report(on: "a.csv")
            var after = stat()
            try #require(unsafe stat(playground.path("retail/outbox/\(folder)/fit.html"), &after) == 0)
            #expect(before.st_ino == after.st_ino)
            try await house.stop()
        }
    }

    @Test func `a brand with a new name finds its folder under that name, and nobody else's is touched`() async throws {
        try await with { playground in
            let books = try books(playground)
            let (costa, brava) = (try enter(brand: "Costa", in: books), try enter(brand: "Brava", in: books))
            let house = try await PipelineHouse(playground)
            try await eventually("both folders") {
                playground.names(in: "retail/outbox").sorted() == ["brava-\(brava)", "costa-\(costa)"]
            }
            _ = try books.change(brand: costa, { $0.name = "Nova" }, by: Self.deed)
            try await eventually("the new name") { page("nova-\(costa)", in: playground).contains("Nova") }
            #expect(playground.names(in: "retail/outbox").sorted() == ["brava-\(brava)", "nova-\(costa)"])
            try await house.stop()
        }
    }

    @Test func `a folder that cannot be written is a trouble that ends with its cause, and other brands do not wait`() async throws {
        try await with { playground in
            let books = try books(playground)
            let (costa, brava) = (try enter(brand: "Costa", in: books), try enter(brand: "Brava", in: books))
            try playground.makeFolder("retail/outbox")
            try playground.makeFolder("elsewhere")
            let link = playground.path("retail/outbox/costa-\(costa)")
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: playground.path("elsewhere"))
            let house = try await PipelineHouse(playground)
            try await eventually("the trouble") {
                house.pipeline.standing.problems.contains { $0.hasPrefix("Brands' rankings wait") && $0.contains("costa-\(costa)") }
            }
            #expect(!page("brava-\(brava)", in: playground).isEmpty)
            #expect(house.pipeline.standing.reasonsNotReady.isEmpty)
            #expect(playground.names(in: "elsewhere").isEmpty)
            #expect(try books.brandsOwedFit() == [costa])
            try FileManager.default.removeItem(atPath: link)
            try await eventually("the page") { !page("costa-\(costa)", in: playground).isEmpty }
            try await eventually("no trouble") { house.pipeline.standing.problems.isEmpty }
            try await house.stop()
        }
    }
}
