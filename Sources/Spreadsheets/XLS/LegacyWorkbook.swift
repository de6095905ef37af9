import Cells

/// An old workbook (xls): BIFF5 or BIFF8 records in a compound file. No library reads it for us: FreeXL opens files by name, which the
/// confined reader cannot, holds the whole book in memory, and knows no errors, truth values or hidden rows.
struct LegacyWorkbook: WorkbookContent {
    let sheets: [Sheet]
    var format: Format { .xls }
    var notes: [Note] { [] }
    private let stream: CompoundStream
    private let globals: LegacyGlobals
    private let limits: Limits

    init(_ file: FileBytes, limits: Limits) throws(SpreadsheetFault) {
        let compound = try CompoundFile(file)
        // A book saved for old and new Excel at once has both. The newer one, `Workbook`, knows all characters.
        let name = compound.has("Workbook") ? "Workbook" : "Book"
        guard let stream = try compound.stream(name) else { throw LegacyWorkbook.fault(for: compound) }
        try self.init(stream, limits: limits)
    }

    /// A file of records without a compound file around them.
    init(bareRecords file: FileBytes, limits: Limits) throws(SpreadsheetFault) {
        try self.init(CompoundStream(file, extents: [0..<file.size], size: file.size), limits: limits)
    }

    private init(_ stream: CompoundStream, limits: Limits) throws(SpreadsheetFault) {
        self.stream = stream
        self.limits = limits
        globals = try LegacyGlobals(stream, limits: limits)
        sheets = globals.sheets.map(\.sheet)
    }

    func read(sheet index: Int, _ take: (Row) throws -> Bool) throws {
        try placing(index) {
            var sheet = try sheet(index)
            try sheet.read(take)
        }
    }

    func mergedCells(sheet index: Int) throws -> [CellRange] {
        try placing(index) {
            var sheet = try sheet(index)
            return try sheet.mergedCells()
        }
    }

    /// Faults met inside say which sheet they were met in.
    private func placing<Result>(_ index: Int, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let fault as SpreadsheetFault {
            throw fault.at(sheet: sheets.indices.contains(index) ? sheets[index].name : nil)
        }
    }

    private func sheet(_ index: Int) throws(SpreadsheetFault) -> LegacySheet {
        guard globals.sheets.indices.contains(index) else { throw .damaged("it has no sheet number \(index + 1)") }
        return try LegacySheet(stream, at: globals.sheets[index].offset, globals: globals, limits: limits)
    }

    private static func fault(for compound: CompoundFile) -> SpreadsheetFault {
        if compound.has("EncryptedPackage") { return .encrypted }
        let known = [
            ("WordDocument", "a Word document"), ("PowerPoint Document", "a PowerPoint presentation"),
            ("__properties_version1.0", "an Outlook message"), ("VisioDocument", "a Visio drawing"),
        ]
        let what = known.first { compound.has($0.0) }?.1 ?? "a Microsoft document of another kind"
        return .notASpreadsheet(what)
    }
}
