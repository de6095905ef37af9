import Cells
import Frames
import Sellout
import Spreadsheets

/// Recognises a workbook's layout, and sends its sales.
struct SalesReading {
    let workbook: Workbook
    let job: Job
    let profiles: [Profile]
    let send: (Frame) throws -> Void

    func carryOut() throws {
        let glimpse = try Glimpse(of: workbook, named: job.fileName)
        let reseller = job.reseller.isEmpty ? Recognition.reseller(of: glimpse, among: profiles)?.profile ?? "" : job.reseller
        let recognition = try Recognition.of(glimpse, inbox: reseller, among: profiles)
        try send(.recognised(recognition.detection))
        let harvest = Harvest(isOnline: recognition.profile.isOnline(store:)) { try send(.harvested($0)) }
        for sheet in recognition.fit.sheets {
            var extraction = sheet.extraction(for: recognition.profile, into: harvest)
            try workbook.read(sheet: sheet.index) { row in
                try extraction.take(row)
                return true
            }
            try extraction.finish()
        }
        var findings = try harvest.finish()
        findings.detection = recognition.detection
        findings.warnings += recognition.fit.warnings
        findings.warnings += workbook.notes.map { Warning($0.code.rawValue, $0.message, count: $0.count) }
        try send(.finished(findings))
    }
}

extension Glimpse {
    /// No reseller's layout has its sales behind so many other sheets.
    private static let mostSheets = 60

    init(of workbook: Workbook, named name: String) throws {
        var sheets: [Sheet] = []
        for (index, sheet) in workbook.sheets.prefix(Glimpse.mostSheets).enumerated() {
            var head: [[String]] = []
            var numbers: [Int] = []
            try workbook.read(sheet: index) { row in
                head.append(row.texts)
                numbers.append(row.number)
                return head.count < Glimpse.rows
            }
            sheets.append(Sheet(name: sheet.name, isHidden: sheet.isHidden, head: head, rowNumbers: numbers))
        }
        self.init(fileName: name, isPlainTable: workbook.format == .csv, sheets: sheets)
    }
}

extension Row {
    /// The cells as texts, each at its column, as far to the right as headers go.
    fileprivate var texts: [String] {
        var texts: [String] = []
        for cell in cells.prefix(1000) where cell.column < 1000 {
            while texts.count < Int(cell.column) { texts.append("") }
            texts.append(string(cell))
        }
        return texts
    }
}
