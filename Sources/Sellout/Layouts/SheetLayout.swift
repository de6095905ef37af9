import Cells

/// One way in which sales lie on a sheet. It tells whether a sheet fits, and plans how to read it.
protocol SheetLayout: Sendable {
    /// The names of its sheets; empty if any sheet may have it.
    var sheets: [NamePattern] { get }
    /// Whether all sheets that fit are read, or one only.
    var readsEverySheet: Bool { get }
    /// Where to find the period that no column has.
    var period: PeriodRule { get }

    func plan(_ sheet: Glimpse.Sheet, _ conventions: Conventions) throws(Shortfall) -> any SheetPlan
}

extension SheetLayout {
    var readsEverySheet: Bool { false }
}

/// How to read one sheet, whose columns have been found.
protocol SheetPlan: Sendable {
    /// What must come from outside of the columns before the sales can be dated.
    var needs: PeriodNeed { get }
    /// The row that names its columns; empty where they are no sales'.
    var header: [String] { get }
    /// Which of them hold which field of a sale, as far as a column has one meaning.
    var fields: [Int: Field] { get }

    func extraction(_ order: SheetOrder) -> any SheetExtraction
}

/// Where a sale's amount comes from.
enum AmountRule: String, CaseIterable, Sendable {
    case column
    /// The list price × the quantity.
    case listPrice = "list_price"
}

enum PeriodNeed: Sendable {
    case nothing, date, year
    /// A year, if there is one: rows that are written without a year are wrong without it.
    case yearIfAny
}

/// What a plan is carried out with.
struct SheetOrder {
    let sheetName: String
    let conventions: Conventions
    let harvest: Harvest
    /// The period that was found outside of the columns.
    let period: Period?
    /// Columns that the layout knows and does not take.
    var notWanted = LeftOut.nothing
    var merged = MergedCells.none
    var expectations = Expectations()

    /// Whether the row is the header once more: these columns have its texts.
    func isHeader(_ row: Row, _ header: [String], _ columns: [Int]) -> Bool {
        !columns.isEmpty
            && columns.prefix(3).allSatisfy { column in
                guard column < header.count, let cell = row.cell(column: column), cell.number == nil else { return false }
                return Folded.text(row.string(cell)) == Folded.text(header[column])
            }
    }

    /// Below sales, a header is where the file begins again.
    func headerAgain(_ row: Row, afterSales: Bool) {
        harvest.skip(.headerAgain)
        guard afterSales else { return }
        harvest.doubt(
            "HEADER_AGAIN",
            "the header of the sheet \"\(sheetName)\" stands once more in row \(row.number): the file may begin again there",
            place(row: row.number, "the header once more"))
    }

    /// A grid cannot tell what it has lost where a formula has no value: the file is refused.
    func refuseUncalculated(in columns: [Int], _ row: Row) throws(FileRefusal) {
        for cell in row.cells where cell.kind == .uncalculated && columns.contains(Int(cell.column)) {
            throw FileRefusal(
                .formulaNotCalculated,
                "The cell \(ColumnName.text(Int(cell.column)))\(row.number) of the sheet \"\(sheetName)\" is a formula that was never calculated.",
                suggestion: "Open the file in Excel, save it, and send it again.")
        }
    }

    /// A total that was never calculated, or that says `#REF!`, compares with nothing.
    func doubtUnreadable(totals columns: [Int], _ row: Row) {
        for column in columns {
            guard let cell = row.cell(column: column), cell.kind == .uncalculated || cell.kind == .error else { continue }
            let place = "\(ColumnName.text(column))\(row.number)"
            if cell.kind == .error {
                harvest.doubt(
                    "TOTAL_NOT_UNDERSTOOD",
                    "the total in \(place) of the sheet \"\(sheetName)\" says \(row.string(cell)), and compares with nothing",
                    Warning.Place(sheet: sheetName, range: place, look: row.string(cell)))
                continue
            }
            harvest.doubt(
                "FORMULA_NOT_CALCULATED",
                "the total in \(place) of the sheet \"\(sheetName)\" is a formula without a value; open the file in Excel, save it, and send it again",
                Warning.Place(sheet: sheetName, range: place, look: "a formula without a value in a total"))
        }
    }

    /// A row by its first text.
    func place(_ row: Row) -> Warning.Place {
        let texts = row.cells.lazy.map { row.string($0).trimmedLine }
        let telling = texts.first { text in text.contains { $0.isLetter } } ?? texts.first
        return place(row: row.number, telling.map { "\"\($0)\"" } ?? "")
    }

    func place(row: Int, _ look: String) -> Warning.Place { Warning.Place(sheet: sheetName, range: "row \(row)", look: look) }
}

/// Takes one sheet's rows as they stream by, and turns them into drafts.
package protocol SheetExtraction {
    /// Takes the next row; the first one is the sheet's first.
    mutating func take(_ row: Row) throws
    /// Comes after the last row.
    mutating func finish() throws
}

/// Why a sheet does not fit a layout: what it lacks, and what it has instead.
struct Shortfall: Error {
    let sheet: String
    /// As a person would say it: `QTY / Sold Qty`.
    let missing: [String]
    let found: [String]
    /// How much of the layout was there. The sender probably meant the layout that had most.
    let seen: Int
    /// Says why where a list of what is missing would not.
    var sentence: String?

    init(_ sheet: Glimpse.Sheet, missing: [String], row: [String] = [], seen: Int = 0, sentence: String? = nil) {
        self.sheet = sheet.name
        self.missing = missing
        found = row.map(\.trimmedLine).filter { !$0.isEmpty }
        self.seen = seen
        self.sentence = sentence
    }

    init(_ sheet: Glimpse.Sheet, foreign header: String, seen: Int) {
        self.init(
            sheet, missing: [], seen: seen,
            sentence: "The sheet \"\(sheet.name)\" has the column \"\(header.trimmedLine)\", which this layout never has.")
    }

    func isNearer(than other: Shortfall) -> Bool { (seen, -missing.count) > (other.seen, -other.missing.count) }

    /// What is missing, for a sentence.
    var columns: String { missing.map { "\"\($0)\"" }.joined(separator: ", ") }

    /// - Parameter usual: what lacks for the reseller's usual layout, where another one is nearer.
    func refusal(usual: Shortfall?) -> FileRefusal {
        guard let usual, sentence == nil, usual.missing != missing, !usual.missing.isEmpty else { return refusal }
        let own = refusal
        return FileRefusal(
            own.type, "\(own.message) For the usual layout the header of the sheet \"\(usual.sheet)\" lacks \(usual.columns).",
            suggestion: own.suggestion)
    }

    var refusal: FileRefusal {
        if let sentence { return FileRefusal(.parsingError, sentence, suggestion: "Please send the report in its usual layout.") }
        let headers = found.prefix(30).map { "\"\($0)\"" }.joined(separator: ", ")
        return FileRefusal(
            .parsingError,
            "The sheet \"\(sheet)\" lacks the column\(missing.count == 1 ? "" : "s") \(columns); found were \(headers.isEmpty ? "none" : headers).",
            suggestion: "Please send the report with its usual columns.")
    }
}
