import Cells
import Sellout
import Testing

@Suite struct ReferenceFileTests {
    /// Reads a whole file of plain fields.
    private func read(_ lines: [[String]], expecting: ReferenceData.Kind? = nil, resellers: Set<String>? = nil, pieceSize: Int = 10_000)
        throws
        -> (pieces: [ReferenceData], file: ReferenceFile)
    {
        var file = ReferenceFile(expecting: expecting, resellers: resellers, pieceSize: pieceSize)
        var pieces: [ReferenceData] = []
        for (index, line) in lines.enumerated() {
            if let piece = try file.take(line, number: index + 1) { pieces.append(piece) }
        }
        if let piece = try file.finish() { pieces.append(piece) }
        return (pieces, file)
    }

    @Test func `products are told by their headers, in any order and spelling, with columns that nobody asked for`() throws {
        let (pieces, file) = try read([
            [" Functional Name ", "colour", "EAN", "Description"], ["BBSC100", "red", "7350154320008", "Soap Club"], ["", "", "", ""],
            ["BBBOJ100", "", "7350154320060.0", ""],
        ])
        guard case .products(let products) = try #require(pieces.first) else { throw Unexpected() }
        #expect(products.map(\.functionalName) == ["BBSC100", "BBBOJ100"])
        #expect(products.map(\.ean.description) == ["7350154320008", "7350154320060"])
        #expect(products.map(\.description) == ["Soap Club", ""])
        #expect(file.problems.isEmpty && file.lines == 2)
    }

    @Test func `an EAN is taken from a number cell too, a rounded one is not`() throws {
        var file = ReferenceFile()
        _ = try file.take(["ean", "functional_name"], number: 1)
        var row = Row()
        row.reset(number: 2)
        row.cells.append(.number(DecimalNumber(digits: 7_350_154_320_008), column: 0))
        row.append(text: "A".utf8, column: 1)
        _ = try file.take(row)
        row.reset(number: 3)
        row.append(text: "7.35015E+12".utf8, column: 0)
        row.append(text: "B".utf8, column: 1)
        _ = try file.take(row)
        #expect(try file.finish()?.count == 1)
        #expect(file.problems.map(\.row) == [3])
        #expect(file.problems.first?.column == "ean")
    }

    @Test func `a price wants a point, a currency and a day, and each bad line is told by its number while the others are taken`() throws {
        let (pieces, file) = try read([
            ["ean", "currency", "price", "valid_from"], ["7350154320008", "pln", "749.00", "2025-01-01"],
            ["7350154320008", "PLN", "749,00", "2025-01-01"], ["7350154320008", "XXQ", "1", "2025-01-01"],
            ["7350154320008", "PLN", "-1", "2025-01-01"], ["735015432000", "PLN", "1", "2025-02-30"], ["7350154320008", "EUR", "1", ""],
        ])
        guard case .prices(let prices) = try #require(pieces.first) else { throw Unexpected() }
        let day = try #require(CivilDay(year: 2025, month: 1, day: 1))
        let ean = try #require(EAN("7350154320008"))
        #expect(prices == [ListPrice(ean: ean, currency: "PLN", price: Money(units: 7_490_000), validFrom: day)])
        #expect(file.problems.map(\.row) == [3, 4, 5, 6, 6, 7])
        #expect(file.problems.map(\.column) == ["price", "currency", "price", "ean", "valid_from", "valid_from"])
        #expect(file.linesRefused == 5 && file.lines == 6)
    }

    @Test func `mappings and stores name only resellers that are known, in the spelling that is known`() throws {
        let mappings = try read(
            [["reseller", "code", "ean"], ["Galilu", "A", "7350154320008"], ["galilou", "B", "7350154320008"]], resellers: ["galilu"])
        guard case .mappings(let taken) = try #require(mappings.pieces.first) else { throw Unexpected() }
        #expect(taken.map(\.reseller) == ["galilu"])
        #expect(mappings.file.problems.map(\.message) == ["There is no reseller galilou; known are galilu."])

        let stores = try read([
            ["reseller", "code", "name", "type", "city", "country"], ["liberty", "Internet", "Liberty.com", "Online", "", "GB"],
            ["liberty", "Flagship", "Regent St", "shop", "London", "GB"],
        ])
        guard case .stores(let known) = try #require(stores.pieces.first) else { throw Unexpected() }
        #expect(known == [Store(reseller: "liberty", code: "Internet", name: "Liberty.com", isOnline: true, country: "GB")])
        #expect(stores.file.problems.map(\.column) == ["type"])
    }

    @Test func `rates are read as the ECB publishes them, with gaps and a trailing comma`() throws {
        let (pieces, file) = try read([
            ["Date", "USD", "JPY", "CYP", "GBP", ""], ["2025-04-17", "1.136", "161.79", "N/A", "0.85848", ""],
            ["2025-04-16", "1.1355", "", "N/A", "0", ""],
        ])
        guard case .rates(let rates) = try #require(pieces.first) else { throw Unexpected() }
        #expect(rates.map(\.currency) == ["USD", "JPY", "GBP", "USD"])
        #expect(rates.map(\.rate.perEuro) == [113_600_000, 16_179_000_000, 85_848_000, 113_550_000])
        #expect(rates.last?.rate.day.description == "2025-04-16")
        #expect(file.problems.map(\.row) == [3] && file.problems.map(\.column) == ["GBP"])
    }

    @Test func `the day's own file writes its date in words and blanks before each header`() throws {
        let (pieces, _) = try read([["Date", " USD", " GBP", " "], ["17 April 2025", " 1.1360", " 0.85848", " "]])
        guard case .rates(let rates) = try #require(pieces.first) else { throw Unexpected() }
        #expect(rates.map(\.rate.day.description) == ["2025-04-17", "2025-04-17"])
        #expect(rates.map(\.rate.perEuro) == [113_600_000, 85_848_000])
    }

    @Test func `a long file comes in pieces of which none is lost`() throws {
        let lines = [["Date", "USD", "GBP"]] + (0..<500).map { [CivilDay(number: Int32(10_000 + $0)).description, "1.1", "0.8"] }
        let (pieces, _) = try read(lines, pieceSize: 64)
        #expect(pieces.count > 10)
        #expect(pieces.allSatisfy { $0.count <= 65 })
        #expect(pieces.map(\.count).reduce(0, +) == 1000)
    }

    @Test func `a file of none of the kinds is refused with the headers expected and found`() {
        let refusal = #expect(throws: FileRefusal.self) { try read([["ean", "currency", "amount"], ["7350154320008", "PLN", "1"]]) }
        #expect(refusal?.message.contains("ean, currency, amount") == true)
        for kind in ReferenceData.Kind.allCases { #expect(refusal?.message.contains(kind.rawValue) == true) }
        #expect(refusal?.suggestion?.contains("For prices it lacks price, valid_from.") == true)
    }

    @Test func `a file of another kind than the operator named is refused and its kind named`() {
        let refusal = #expect(throws: FileRefusal.self) { try read([["reseller", "code", "ean"]], expecting: .products) }
        #expect(refusal?.message.contains("looks like mappings") == true)
    }

    @Test func `headers that stand twice, fit two kinds or are not there at all are refused`() {
        #expect(throws: FileRefusal.self) { try read([["ean", "functional_name", "EAN"]]) }
        #expect(throws: FileRefusal.self) { try read([["ean", "functional_name", "currency", "price", "valid_from"]]) }
        #expect(throws: FileRefusal.self) { try read([["", " "]]) }
        #expect(throws: FileRefusal.self) { try read([["date", "quantity"]]) }
    }

    @Test func `a line that says otherwise than an earlier one is refused and names it, one that repeats it is harmless`() throws {
        let (pieces, file) = try read([
            ["reseller", "code", "ean"], ["boxnox", "Soap Club", "7350154320008"], ["boxnox", "SOAP  club", "7350154320008"],
            ["boxnox", "soap club", "7350154320060"], ["liberty", "soap club", "7350154320060"],
        ])
        #expect(pieces.map(\.count) == [3])
        #expect(file.problems.map(\.message) == ["Line 2 says otherwise of the same; which of the two is meant?"])
        #expect(file.problems.map(\.row) == [4])
    }

    @Test func `of endless bad lines a thousand are kept and all are counted`() throws {
        let lines = [["ean", "functional_name"]] + (0..<3000).map { _ in ["nonsense", "A"] }
        let (pieces, file) = try read(lines)
        #expect(pieces.isEmpty)
        #expect(file.problems.count == ReferenceFile.problemsKept && file.linesRefused == 3000)
    }
}

private struct Unexpected: Error {}
