import Cells
import Frames
import Sellout
import Testing

@Suite struct FrameTests {
    static let harvested: Harvested = {
        var harvested = Harvested()
        harvested.sheets = ["SELL OUT BY EAN"]
        harvested.products = [
            ProductNaming(ean: EAN(7_350_154_320_008), code: "BBSC100", name: "Świeca"), ProductNaming(name: "only a name"),
        ]
        harvested.stores = [StoreNaming(name: "Abanuc Online", isOnline: true)]
        harvested.drafts = [
            Draft(
                sheet: 0, row: 2, product: 0, store: 0, date: SaleDate(day: CivilDay(number: 20_179), isMonthly: true), quantity: -1,
                amount: Money(units: -2_024_800)),
            Draft(
                sheet: 0, row: 3, product: 1, store: 0, date: .day(CivilDay(number: 20_180)), quantity: 2, amount: nil,
                details: SaleDetails(orderID: "A-1", city: "Köln", fee: Money(units: 5))),
        ]
        harvested.errors = [RowError(sheet: "S", row: 4, column: "F", type: .invalidQuantity, message: "m", field: "quantity", value: "x")]
        harvested.malformedRows = 1
        harvested.malformed = [
            MalformedRow(
                sheet: 0, row: 4, faults: [MalformedRow.Fault(column: "F", field: "quantity")],
                parts: SaleParts(
                    product: ProductNaming(code: "BBSC100"), store: StoreNaming(name: "Sol"), date: .day(CivilDay(number: 20_181)),
                    amount: Money(units: 7), details: SaleDetails(orderID: "A-2")))
        ]
        return harvested
    }()

    private func throughTheWire(_ frame: Frame) throws -> Frame { try Frame(frame.body) }

    @Test func `what a file holds arrives as it was sent`() throws {
        guard case .harvested(let arrived) = try throughTheWire(.harvested(FrameTests.harvested)) else {
            Issue.record("another frame arrived")
            return
        }
        #expect(arrived == FrameTests.harvested)
    }

    @Test func `findings and refusals arrive as they were sent`() throws {
        var findings = Findings()
        findings.detection = Detection(profile: "boxnox", signs: ["a", "b", "c"])
        findings.skipped = [SkippedRows("blank rows", rows: 7, quantity: 3, amount: -12)]
        findings.controlTotals = [ControlTotal(scope: "file", file: .init(quantity: 3), extracted: .init(quantity: 4, amount: -1))]
        findings.warnings = [Warning("CHECK_DIGIT", "text", count: 2)]
        findings.headers = FileHeaders(layout: 1, sheet: "S", headers: ["EAN", "QTY"])
        guard case .finished(let arrived) = try throughTheWire(.finished(findings)) else {
            Issue.record("another frame arrived")
            return
        }
        #expect(arrived == findings)
        let refusal = FileRefusal(.encryptedFile, "closed", suggestion: "open it")
        guard case .refused(let other) = try throughTheWire(.refused(refusal)) else {
            Issue.record("another frame arrived")
            return
        }
        #expect(other == refusal)
    }

    @Test func `cells of every kind arrive as they were sent`() throws {
        var rows = RawRows(sheet: "S")
        rows.lines = [
            RawRows.Line(
                number: 1,
                cells: [
                    0: .text("ä"), 2: .number(DecimalNumber(digits: 12, exponent: -1)), 3: .bool(true), 4: .error("#N/A"),
                    9: .date(CivilTime(milliseconds: 5)),
                ])
        ]
        guard case .rows(let arrived) = try throughTheWire(.rows(rows)) else {
            Issue.record("another frame arrived")
            return
        }
        #expect(arrived.sheet == rows.sheet && arrived.lines == rows.lines)
    }

    @Test func `orders arrive as they were sent`() throws {
        let job = Job(purpose: .sales, reseller: "boxnox", fileName: "a.csv")
        guard case .read(let arrived) = try Order(Array(Order.read(job).encoded().dropFirst(4))) else {
            Issue.record("another order arrived")
            return
        }
        #expect(arrived == job)
        let sources = [ProfileSource(file: "x.json5", json5: [1, 2, 3])]
        guard case .profiles(let files) = try Order(Array(Order.profiles(sources).encoded().dropFirst(4))) else {
            Issue.record("another order arrived")
            return
        }
        #expect(files == sources)
    }
}

extension Frame {
    /// Its bytes without their number.
    var body: [UInt8] { Array(encoded().dropFirst(4)) }
}

extension FrameTests {
    @Test(arguments: [0, 1, 99]) func `how far a reading has come survives the way, and is never the end`(percent: Int) throws {
        guard case .progress(let read) = try Frame(Frame.progress(percent).body) else {
            Issue.record("another frame came out")
            return
        }
        #expect(read == percent)
        guard case .progress(99) = try Frame(Frame.progress(100).body) else {
            Issue.record("a reading that goes on cannot be at its end")
            return
        }
    }
}
