import Cells
import Chances
import Frames
import Sellout
import Testing

/// A reader that was taken over may send anything.
@Suite struct HostileFrameTests {
    @Test func `a frame cut off anywhere is refused`() {
        let whole = Frame.harvested(FrameTests.harvested).body
        for count in 0..<whole.count {
            #expect(throws: FrameFault.self) { try Frame(Array(whole[..<count])) }
        }
    }

    @Test func `frames with changed bytes are read or refused, and nothing traps`() {
        var random = Chance(seed: 11)
        let whole = Frame.harvested(FrameTests.harvested).body
        var refused = 0
        for _ in 0..<20_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            do { _ = try Frame(bytes) } catch { refused += 1 }
        }
        #expect(refused > 1000)
    }

    @Test func `a list that claims to be longer than its frame is refused before memory is taken`() {
        #expect(throws: FrameFault.self) { try Frame([2, 0xff, 0xff, 0xff, 0x7f]) }
    }

    private func refusal(_ bytes: [UInt8]) -> String? {
        do throws(FrameFault) {
            _ = try Frame(bytes)
            return nil
        } catch {
            return error.description
        }
    }

    @Test func `bytes behind a frame's content are refused`() {
        #expect(refusal(Frame.finished(Findings()).body + [0]) == "a frame is longer than its content")
        #expect(refusal([]) == "a frame was cut off")
        #expect(refusal([99]) == "a frame is of no known kind")
    }

    @Test func `a product's flags and EAN must be possible`() {
        var harvested = Harvested()
        harvested.products = [ProductNaming(ean: EAN(7_350_154_320_008))]
        // The kind, no sheets, one product; then whether it has an EAN, and the EAN.
        let whole = Frame.harvested(harvested).body
        var bytes = whole
        bytes[9] = 2
        #expect(refusal(bytes) == "a flag is neither true nor false")
        bytes = whole
        bytes[17] = 0xff
        #expect(refusal(bytes) == "an EAN is none")
    }

    @Test(arguments: [CivilDay(number: -25_568), CivilDay(number: 84_006), CivilDay(number: 1 << 30), CivilDay(number: .min)])
    func `a sale before 1900 or after 2199 is refused`(day: CivilDay) {
        for isMonthly in [false, true] {
            var harvested = Harvested()
            harvested.drafts = [
                Draft(sheet: 0, row: 1, product: 0, store: 0, date: SaleDate(day: day, isMonthly: isMonthly), quantity: 1, amount: nil)
            ]
            #expect(refusal(Frame.harvested(harvested).body) == "a sale is dated outside of all calendars")
        }
    }

    @Test func `a sale of the first and of the last day that may be is taken`() throws {
        for day in [CivilDay(year: 1900, month: 1, day: 1), CivilDay(year: 2199, month: 12, day: 31)] {
            var harvested = Harvested()
            harvested.drafts = [Draft(sheet: 0, row: 1, product: 0, store: 0, date: .day(try #require(day)), quantity: 1, amount: nil)]
            guard case .harvested(let arrived) = try Frame(Frame.harvested(harvested).body) else {
                Issue.record("another frame arrived")
                return
            }
            #expect(arrived == harvested)
        }
    }

    @Test func `more malformed rows than errors, and a count below zero, are refused`() {
        var harvested = FrameTests.harvested
        harvested.malformedRows = 2
        #expect(refusal(Frame.harvested(harvested).body) == "more rows are wrong than errors were named")
        harvested = FrameTests.harvested
        harvested.malformed += harvested.malformed
        #expect(refusal(Frame.harvested(harvested).body) == "more was read of wrong rows than there are")
        var findings = Findings()
        findings.skipped = [SkippedRows("blank", rows: -1)]
        #expect(refusal(Frame.finished(findings).body) == "a count is impossible")
    }

    @Test(arguments: [
        FileHeaders(layout: 0, sheet: "S", headers: Array(repeating: "A", count: FileHeaders.mostHeaders + 1)),
        FileHeaders(layout: 0, sheet: "S", headers: [String(repeating: "A", count: FileHeaders.longestHeader + 1)]),
        FileHeaders(layout: 0, sheet: String(repeating: "A", count: FileHeaders.longestHeader + 1), headers: []),
        FileHeaders(layout: 1000, sheet: "S", headers: []),
    ])
    func `more headers than a ledger keeps are refused`(headers: FileHeaders) {
        var findings = Findings()
        findings.headers = headers
        #expect(refusal(Frame.finished(findings).body) == "more headers are named than a report may keep")
    }
}
