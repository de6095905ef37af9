import Foundation
import Spreadsheets
import Testing

@Suite struct JudgedSheetsTests {
    @Test func `thousands of generated sheets read as Expat reads them, whole ones and spoilt ones`() throws {
        let rounds = ProcessInfo.processInfo.environment["SELLOUT_JUDGED_SHEETS"].flatMap { Int($0) } ?? 2000
        var whole = 0
        for seed in 0..<rounds {
            var maker = SheetMaker(seed: UInt64(seed))
            var sheet = maker.sheet()
            if seed % 2 == 1 { sheet = maker.spoil(sheet) }
            // Entities in attributes are left to the careful: no program writes one in a cell's tag.
            guard !hasReferenceInTag(sheet) else { continue }
            if try compare(sheet, seed: seed) { whole += 1 }
        }
        #expect(whole > rounds / 2, "most sheets are XML, so that there is something to compare")
    }

    /// True when there were cells to compare.
    private func compare(_ sheet: [UInt8], seed: Int) throws -> Bool {
        let file = try OpenedFile(StoredZip.workbook(sheet: sheet), name: "judged.xlsx")
        let text = String(decoding: sheet, as: UTF8.self)
        switch ExpatJudge.judge(sheet) {
        case .cells(let expected):
            let cells = Result { try file.cells() }
            let same = (try? cells.get()).map { agree($0, expected) } ?? false
            #expect(same, "sheet \(seed): \(cells), judge \(expected)\n\(text)")
            return true
        case .noSheet:
            #expect(throws: SpreadsheetFault.self, "sheet \(seed): \(text)") { try file.cells() }
        case .noXML:
            // Refused or read, but never anything else than a fault of its own.
            do { _ = try file.cells() } catch is SpreadsheetFault {}
        }
        return false
    }

    /// Numbers of more digits than a double may differ in the last one.
    private func agree(_ one: [ExpectedCell], _ other: [ExpectedCell]) -> Bool {
        one.count == other.count
            && zip(one, other).allSatisfy { one, other in
                if case .number(let a) = one.value, case .number(let b) = other.value, one.row == other.row, one.column == other.column {
                    return a == b || abs(a - b) <= abs(a) * 1e-15
                }
                return one == other
            }
    }

    private func hasReferenceInTag(_ sheet: [UInt8]) -> Bool {
        var isInTag = false
        for (byte, next) in zip(sheet, sheet.dropFirst()) {
            switch byte {
            case UInt8(ascii: "<"): isInTag = next != UInt8(ascii: "!") && next != UInt8(ascii: "?")
            case UInt8(ascii: ">"): isInTag = false
            case UInt8(ascii: "&") where isInTag: return true
            default: break
            }
        }
        return false
    }
}
