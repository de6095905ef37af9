import Batches
import Ledger
import Operations
import Sellout
import Testing
import Web

@testable import Portal

/// What the forms of pages do.
@Suite struct PageStepsTests {
    private func location(_ page: SeenPage) -> String? { page.headers.first { $0.name == "Location" }?.value }

    @Test func `what waits is taken in, undone with a reason, and each says so on the page behind it`() throws {
        let stage = try PageStage()
        let id = try stage.waitingBatch().id
        let desk = stage.desk()
        #expect(try PageStage.ask("/batches/0badcafe", desk: desk).text.contains("Take in 1 sale"))
        let taken = try PageStage.ask("/batches/0badcafe/approve", .post, desk: desk)
        #expect(taken.status == 303 && location(taken) == "/batches/0badcafe?done=approved")
        #expect(try stage.ledger.batch(id)?.state == .partialSuccess)
        let page = try PageStage.ask("/batches/0badcafe?done=approved", desk: desk)
        #expect(page.text.contains("The sales are in the books.") && page.text.contains("Undo 1 sale"))
        let without = try PageStage.ask("/batches/0badcafe/undo", .post, form: [("reason", "  ")], desk: desk)
        #expect(without.status == 422 && without.text.contains("Undoing needs a reason"))
        #expect(try stage.ledger.batch(id)?.state == .partialSuccess)
        #expect(try PageStage.ask("/batches/0badcafe/undo", .post, form: [("reason", "sent twice")], desk: desk).status == 303)
        #expect(try stage.ledger.batch(id)?.state == .cancelled)
        #expect(try PageStage.ask("/batches/0badcafe", desk: desk).text.contains("Undone."))
    }

    @Test func `a step that the state forbids is told in place, in people's words`() throws {
        let stage = try PageStage()
        try stage.refusedBatch()
        let page = try PageStage.ask("/batches/0badf00d/approve", .post, desk: stage.desk())
        #expect(page.status == 409 && page.text.contains("role=\"alert\"") && !page.text.contains("staging_complete"))
    }

    @Test func `a row is dismissed with a reason, or corrected where it stands`() throws {
        let stage = try PageStage()
        let id = try stage.waitingBatch().id
        let desk = stage.desk()
        let row = [("sheet", "S \(PageStage.hostile)"), ("row", "3"), ("product", "Soap \(PageStage.hostile)")]
        let wrong = try PageStage.ask(
            "/batches/0badcafe/rows", .post, form: row + [("do", "correct"), ("set.product", "1234567890128")], desk: desk)
        #expect(wrong.status == 422 && wrong.text.contains("role=\"alert\""))
        let right = try PageStage.ask(
            "/batches/0badcafe/rows", .post, form: row + [("do", "correct"), ("set.product", "7350154320008"), ("reason", "the soap")],
            desk: desk)
        #expect(right.status == 303 && location(right) == "/batches/\(id.text)?done=corrected", "\(right.text.prefix(3000))")
        #expect(try stage.ledger.batch(id)?.counts.processed == 2)
    }

    @Test func `one product is mapped by its own button, many by being chosen`() throws {
        let stage = try PageStage()
        try stage.waitingBatch()
        let desk = stage.desk()
        let code = "Soap \(PageStage.hostile)"
        let page = try PageStage.ask("/products", desk: desk)
        #expect(page.text.contains("1 product waits, with 1 sale.") && page.text.contains("Map: 1 sale"))
        let fields = [("reseller.0", "liberty"), ("code.0", code), ("ean.0", "7350154320008")]
        #expect(try PageStage.ask("/products/map", .post, form: fields, desk: desk).status == 422)
        #expect(try PageStage.ask("/products/map", .post, form: fields + [("pick", "0")], desk: desk).status == 303)
        #expect(try stage.ledger.mappings(reseller: "liberty").map(\.code) == [code])
    }

    @Test func `a reseller is forbidden to send files, with a reason that is told`() throws {
        let stage = try PageStage()
        let desk = stage.desk()
        #expect(try PageStage.ask("/resellers/boxnox/permission", .post, form: [("allow", "no")], desk: desk).status == 422)
        let forbidden = try PageStage.ask(
            "/resellers/boxnox/permission", .post, form: [("allow", "no"), ("reason", "contract ended")], desk: desk)
        #expect(forbidden.status == 303 && location(forbidden) == "/resellers/boxnox?done=forbidden")
        let page = try PageStage.ask("/resellers/boxnox", desk: desk)
        #expect(page.text.contains("may not send files") && page.text.contains("contract ended"))
    }

    @Test func `what was done is one word of ours, and any other word says nothing`() throws {
        let stage = try PageStage()
        let desk = stage.desk()
        #expect(try PageStage.ask("/?done=mapped", desk: desk).text.contains("Mapped."))
        #expect(try !PageStage.ask("/?done=%3Cb%3Eyou%20won", desk: desk).text.contains("you won"))
    }

    @Test func `events are one piece of news each and end`() throws {
        let stage = try PageStage()
        try stage.waitingBatch()
        let now = try PageStage.ask("/events", desk: stage.desk())
        #expect(now.text.hasPrefix("retry: 1000\nevent: parts\ndata: {") && now.text.hasSuffix("}\n\n"))
        #expect(now.text.contains("61 %") && now.text.contains("122,000 rows") && !now.text.contains("<script>"))
        let over = try PageStage.ask("/events?batch=0badcafe", desk: stage.desk())
        #expect(over.text.contains("event: over\ndata: reload"))
    }
}

/// A profile drafted by eye.
@Suite struct DraftPageTests {
    private let chosen = [
        ("sheet", "0"), ("header", "1"), ("is.0", "ean"), ("is.1", "store"), ("is.2", "quantity"), ("is.3", "amount"), ("is.4", "date"),
        ("reseller", "newcomer"), ("vendor", "Newcomer \"&<"), ("currency", "EUR"), ("numbers", "comma"), ("dates", "dmy"),
        ("file_name", "new"),
    ]

    @Test func `the columns are guessed, and what is chosen becomes a profile that reads`() throws {
        let stage = try PageStage()
        let page = try PageStage.ask("/profiles/draft/some", desk: stage.desk())
        #expect(page.text.contains("<option value=\"ean\" selected>EAN</option>") && page.text.contains("2 sales, 3 pieces"))
        let shown = try PageStage.ask("/profiles/draft/some", .post, form: chosen, desk: stage.desk())
        #expect(shown.status == 200 && shown.text.contains("Save it as the profile of Newcomer &quot;&amp;&lt;"))
        // The stand-in reads the profile before it refuses to save it over another one.
        let saved = try PageStage.ask("/profiles/draft/some", .post, form: chosen + [("do", "save")], desk: stage.desk())
        #expect(saved.status == 409 && saved.text.contains("There is a profile of this name already."))
    }

    @Test(arguments: ["is.0": "the product", "is.1": "the store", "is.2": "the pieces", "is.3": "the amount", "is.4": "the date"])
    func `what no table of sales can be without is asked for`(missing: String, words: String) throws {
        let stage = try PageStage()
        let rest = chosen.filter { $0.0 != missing }
        let page = try PageStage.ask("/profiles/draft/some", .post, form: rest, desk: stage.desk())
        #expect(page.status == 200 && page.text.contains("No sales come out yet") && page.text.contains(words), "\(page.text.suffix(900))")
    }

    @Test func `a workbook that is not kept any more is unknown`() throws {
        let stage = try PageStage()
        #expect(try PageStage.ask("/profiles/draft/other", desk: stage.desk()).status == 404)
        #expect(try PageStage.ask("/profiles/draft/other", .post, form: chosen, desk: stage.desk()).status == 404)
    }
}
