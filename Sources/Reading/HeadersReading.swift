import Frames
import Sellout
import Spreadsheets

/// Tells what the columns of the sheets are called from which the reseller's sales are read. A file that no layout of the reseller's
/// fits has none.
struct HeadersReading {
    let workbook: Workbook
    let job: Job
    let profiles: [Profile]
    let send: (Frame) throws -> Void

    func carryOut() throws {
        let glimpse = try Glimpse(of: workbook, named: job.fileName)
        guard let recognition = try? Recognition.of(glimpse, inbox: job.reseller, among: profiles) else { return }
        for sheet in recognition.fit.sheets where !sheet.header.isEmpty {
            let headers = sheet.header.enumerated().filter { !$1.isEmpty }
            try send(
                .header(
                    SheetHeader(
                        sheet: sheet.name, headers: Dictionary(uniqueKeysWithValues: headers.map { ($0, $1) }), fields: sheet.fields)))
        }
    }
}

/// Sends the first rows of each sheet, as far as headers are looked for, and a first profile for them.
struct FirstRowsReading {
    let workbook: Workbook
    let job: Job
    let send: (Frame) throws -> Void

    func carryOut() throws {
        let glimpse = try Glimpse(of: workbook, named: job.fileName)
        for (index, sheet) in glimpse.sheets.enumerated() {
            let columns = sheet.head.reduce(0) { max($0, $1.count) }
            try send(.sheet(SheetSummary(name: sheet.name, rows: sheet.rowNumbers.last ?? 0, columns: columns, isHidden: sheet.isHidden)))
            try CellsReading(workbook: workbook, send: send).carryOut(sheet: index, first: Glimpse.rows)
        }
        if let draft = ProfileDraft(glimpse) { try send(.draft(draft.text)) }
        try send(.finished(Findings()))
    }
}
