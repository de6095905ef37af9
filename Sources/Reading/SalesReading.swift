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

    /// A file that fits no layout may have been cut off: then that is what its sender should know first.
    func carryOut() throws {
        do {
            try readSales()
        } catch let refusal as FileRefusal {
            guard workbook.notes.contains(where: { $0.code == .lastLineOpen || $0.code == .lastLineShort }) else { throw refusal }
            throw FileRefusal(
                refusal.type, "\(refusal.message) It ends in the middle of its last line, so it may have been cut off on its way.",
                suggestion: refusal.suggestion, operatorsNote: refusal.operatorsNote)
        }
    }

    private func readSales() throws {
        let glimpse = try Glimpse(of: workbook, named: job.fileName)
        let reseller = job.reseller.isEmpty ? Recognition.reseller(of: glimpse, among: profiles)?.profile ?? "" : job.reseller
        let recognition = try Recognition.of(glimpse, inbox: reseller, among: profiles)
        try send(.recognised(recognition.detection))
        var told = 0
        let harvest = Harvest(isOnline: recognition.profile.isOnline(store:)) { harvested in
            try send(.harvested(harvested))
            let percent = workbook.percentRead
            guard percent > told else { return }
            told = percent
            try send(.progress(percent))
        }
        for sheet in recognition.fit.sheets {
            let merged = MergedCells { [workbook] in try workbook.mergedCells(sheet: sheet.index).map { ($0.rows, $0.columns) } }
            var extraction = sheet.extraction(for: recognition.profile, into: harvest, merged: merged)
            try workbook.read(sheet: sheet.index) { row in
                try extraction.take(row)
                return true
            }
            try extraction.finish()
        }
        var findings = try harvest.finish()
        findings.detection = recognition.detection
        findings.headers = recognition.fit.headers
        findings.warnings += recognition.fit.warnings
        findings.warnings += recognition.fit.contradictions(with: harvest.days, of: recognition.profile.terms)
        findings.warnings += workbook.warnings(recognition.profile, sheets: recognition.fit.sheets.map(\.name))
        findings.warnings += recognition.profile.incompleteness(findings.controlTotals)
        if workbook.sheets.count > Glimpse.mostSheets { findings.warnings.append(beyondGlimpse) }
        try send(.finished(findings))
    }
}

extension SalesReading {
    private var beyondGlimpse: Warning {
        let first = workbook.sheets[Glimpse.mostSheets].name
        return Warning(
            "SHEET_NOT_READ", "the workbook has \(workbook.sheets.count) sheets; those from \"\(first)\" on were not looked at",
            count: workbook.sheets.count - Glimpse.mostSheets, holds: true,
            places: [Warning.Place(sheet: first, range: "", look: "sheet \(Glimpse.mostSheets + 1)")])
    }
}

extension Workbook {
    /// What was decided while reading. A last line that may be cut off makes the batch wait, unless this sender writes so.
    fileprivate func warnings(_ profile: Profile, sheets: [String]) -> [Warning] {
        notes.filter { $0.code != .lastLineOpen || profile.writesLastLineEnd }.map { note in
            let mayBeHalf = note.code == .lastLineOpen || note.code == .lastLineShort
            let place = Warning.Place(sheet: sheets.first ?? "", range: "the last line", look: "the file may be cut off")
            return Warning(note.code.rawValue, note.message, count: note.count, holds: mayBeHalf, places: mayBeHalf ? [place] : [])
        }
    }
}

extension Glimpse {
    /// No reseller's layout has its sales behind so many other sheets.
    fileprivate static let mostSheets = 60
    /// No sheet's head holds so much text, and no header is so long.
    private static let mostBytes = 1 << 20
    fileprivate static let longestText = 1024

    init(of workbook: Workbook, named name: String) throws {
        var sheets: [Sheet] = []
        for (index, sheet) in workbook.sheets.prefix(Glimpse.mostSheets).enumerated() {
            var head: [[String]] = []
            var numbers: [Int] = []
            var bytes = 0
            try workbook.read(sheet: index) { row in
                head.append(row.texts)
                numbers.append(row.number)
                bytes += head[head.count - 1].reduce(0) { $0 + $1.utf8.count }
                return head.count < Glimpse.rows && bytes < Glimpse.mostBytes
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
            let text = string(cell)
            texts.append(text.utf8.count <= Glimpse.longestText ? text : String(text.prefix(Glimpse.longestText / 4)))
        }
        return texts
    }
}
