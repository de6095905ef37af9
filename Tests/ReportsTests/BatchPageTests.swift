import Batches
import Cells
import Reports
import Sellout
import Testing

@Suite struct BatchPageTests {
    @Test(arguments: [
        (BatchState.completed, "good", "✓", "All taken."), (.partialSuccess, "waits", "◐", "Taken in part."),
        (.stagingComplete, "waits", "◐", "Waits."), (.failed, "bad", "✕", "Refused."), (.cancelled, "soft", "–", "Cancelled."),
    ])
    func `each state is a sign, a word and a colour`(state: BatchState, tone: String, sign: String, word: String) throws {
        let page = try Told(state).page()
        #expect(page.contains("<header class=\"lead \(tone)\">"))
        #expect(page.contains("<span class=\"\(tone)\"><span aria-hidden=\"true\">\(sign)</span> \(word)</span>"))
    }

    @Test func `a file that was taken and taken back says so`() throws {
        var told = try Told(.cancelled)
        told.batch.message = "Taken back by anna."
        #expect(try told.page().contains("↶</span> Undone."))
    }

    @Test func `the lead says which rows are for whom`() throws {
        let page = try Told(.stagingComplete).page()
        #expect(page.contains("2 of 4 sales are ready; 2 rows need a look."))
        #expect(page.contains("Row 7 needs a correction from you. Row 8 has a new product: our team adds it"))
        #expect(page.contains("<h2>For you to correct</h2>") && page.contains("<h2>For us</h2>"))
        #expect(page.contains("F7<br><span class=\"soft small\">SELL OUT BY EAN</span>"))
        #expect(page.contains("<code>735015432999</code>"))
    }

    @Test func `in another language no English sentence stands that is not marked as one`() throws {
        let page = try Told(.stagingComplete).page(.german)
        #expect(page.contains("<html lang=\"de\">") && page.contains("Bitte berichtigen Sie Zeile 7."))
        #expect(page.contains("Vielleicht ist 7350154320015 gemeint."))
        #expect(page.contains("Genauer (auf Englisch): <span lang=\"en\">Row 9 has a quantity and an amount of different signs</span>"))
        #expect(!page.contains("is no EAN") && !page.contains("is not known") && !page.contains("Operations"))
    }

    @Test func `what has changed in the layout is said in the reader's language`() throws {
        var told = try Told(.completed)
        told.batch.warnings = [
            Warning(
                "LAYOUT_CHANGED", "The layout is not that of \"a.csv\".",
                places: [
                    "the column \"City\" is missing", "the column \"Town\" is new", "the columns stand in another order",
                    "the column \" is new",
                ]
                .map { Warning.Place(sheet: "", range: "", look: $0) })
        ]
        let page = try told.page(.german)
        #expect(page.contains("Die Spalte „City“ fehlt.") && page.contains("Die Spalte „Town“ ist neu."))
        #expect(page.contains("in anderer Reihenfolge") && !page.contains("is not that of"))
    }

    @Test func `a missing list price is for us, a wrong amount for the sender`() throws {
        var told = try Told(.stagingComplete)
        told.errors = [
            RowError(
                sheet: "S", row: 3, type: .invalidPrice, message: "There is no list price in EUR for 1 on 2025-01-01.", field: "amount",
                value: "", suggestion: "Operations must add the list price; the sale is then taken by itself."),
            RowError(
                sheet: "S", row: 4, column: "B", type: .invalidPrice, message: "The amount is no number.", field: "amount", value: "x"),
        ]
        let page = try told.page(.german)
        #expect(page.contains("Bei einem Verkauf fehlt ein Listenpreis oder Kurs"))
        #expect(page.contains("Ein Betrag stimmt nicht"))
        #expect(page.contains("Bitte berichtigen Sie Zeile 4. Zeile 3 nennt einen Artikel ohne Listenpreis oder Kurs:"))
    }

    @Test func `totals, replaced and restated figures, settled and skipped rows stand side by side`() throws {
        let page = try Told(.partialSuccess).page()
        for words in [
            "Took away 7 sales, brought 2", "1 figure differs from what came before", "2 pieces, €100.00", "3 pieces, €150.00",
            "total rows", "✕</span> differs", "✓</span> agrees", "Settled by hand", "a typing error", "1\u{A0}GBP = 1.17\u{A0}EUR",
            "ECB, mean of April 2025", "Abanuc Online", "By month",
        ] { #expect(page.contains(words), "\(words)") }
    }

    @Test func `the same values give the same bytes`() throws {
        for language in Language.allCases { #expect(try Told(.partialSuccess).page(language) == Told(.partialSuccess).page(language)) }
    }

    @Test(arguments: Language.allCases)
    func `no inner word, pattern, sign or other reseller stands in a page`(language: Language) throws {
        var pages: [String] = []
        for state in BatchState.allCases where state.isOver {
            var told = try Told(state)
            pages.append(try told.page(language))
            for type in FileErrorType.allCases {
                told.batch.refusal = FileRefusal(
                    type, "The same content was received as \"a.csv\" (batch 0badcafe, staging_complete).", suggestion: "Send it again.",
                    operatorsNote: "It looks like a file of Secretstore: cells ^BIBBI\\. ")
                if state == .failed { pages.append(try told.page(language)) }
            }
        }
        let inner =
            BatchState.allCases.map(\.rawValue).filter { $0.contains("_") } + RowErrorType.allCases.map(\.rawValue)
            + FileErrorType.allCases.map(\.rawValue) + [
                "Secretstore", "^BIBBI", "header Sold", "NEW_STORE", "SIGNS_DIFFER", "NOT_MAPPED", "VENDOR_", "selloutctl", "nil",
                "Optional(",
                "selloutd", "{n", "{m", "{text", "{rows", "{what", "<script", "http://", "https://", "src=", "href=",
            ]
        // The style has braces of its own.
        let bodies = pages.compactMap { $0.split(separator: "</style>").last }
        #expect(bodies.count >= 18 && inner.filter { word in bodies.contains { $0.contains(word) } } == [])
    }

    @Test func `a file that nobody has recognised is not told of in the ledger's words, which name other resellers`() throws {
        var told = try Told(.failed)
        told.batch.reseller = Batch.unrecognised
        told.batch.refusal = FileRefusal(.vendorDetectionFailed, "The nearest are those of Secretstore (cells ^BIBBI).")
        #expect(try !told.page().contains("Secretstore"))
    }

    @Test(arguments: [Language.english, .ukrainian])
    func `fifty thousand errors of the worst kind make a page of two mebibytes at the most, which says how many there are`(
        language: Language
    ) throws {
        var told = try Told(.partialSuccess)
        let nasty = String(repeating: "'\"&<", count: 2500)
        told.errors = (0..<1000).map { number in
            RowError(
                sheet: nasty, row: number, column: "F", type: .invalidQuantity, message: nasty, field: "quantity", value: nasty,
                suggestion: nasty)
        }
        told.counts = [("INVALID_QUANTITY", 50_000)]
        told.batch.counts.failed = 50_000
        let page = try told.page(language)
        #expect(page.utf8.count < 2 << 20, "\(page.utf8.count)")
        #expect(page.contains(language == .english ? "of 50,000 faults" : "із 50\u{A0}000"))
        told.errors = (0..<1000).map { number in
            RowError(sheet: "Sales", row: number, column: "F", type: .invalidQuantity, message: "The quantity is not right.", value: "1.5")
        }
        #expect(try told.page(.english).contains("These are the first 1,000 of 50,000 faults"))
    }
}
