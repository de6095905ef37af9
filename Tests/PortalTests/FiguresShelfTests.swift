import Accounts
import Batches
import Ledger
import Operations
import Sellout
import Testing

@testable import Portal

/// What many open pages show is asked for once.
@Suite struct FiguresShelfTests {
    private static func moment(_ milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: PageStage.moment.milliseconds + milliseconds)
    }

    @Test func `pages share what waits for two seconds, then one of them asks the ledger anew`() throws {
        let stage = try PageStage()
        let (desk, shelf) = (stage.desk().desk, FiguresShelf())
        #expect(try shelf.unmapped(desk, now: Self.moment(0)).isEmpty)
        try stage.waitingBatch()
        #expect(try shelf.unmapped(desk, now: Self.moment(1999)).isEmpty, "asked again for the same two seconds")
        #expect(try shelf.unmapped(desk, now: Self.moment(2000)).count == 1)
    }

    @Test func `the page on which a product is mapped does not wait for the shelf`() throws {
        let stage = try PageStage()
        let desk = stage.desk()
        #expect(try !PageStage.ask("/", desk: desk).text.contains("product waits"))
        try stage.waitingBatch()
        #expect(try PageStage.ask("/products", desk: desk).text.contains("1 product waits, with 1 sale."))
        #expect(try !PageStage.ask("/events", desk: desk).text.contains("1 product waits"))
    }
}
