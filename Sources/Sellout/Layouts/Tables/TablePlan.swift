/// How to read a table on one sheet: where its columns are, and what its layout says of its rows.
struct TablePlan: SheetPlan {
    /// The header's place among the sheet's rows, from 0.
    let headerIndex: Int
    let columns: TableColumns
    /// Columns that claim to be a field that another one was taken for.
    let rivals: [(field: Field, column: Int)]
    /// What the file calls its columns.
    let header: [String]
    /// The store's name where no column has it.
    let store: String?
    /// The store whose name the sheet has.
    let sheetStore: String?
    /// A row that is blank in one of these columns is no sale.
    let skipWithout: [(field: Field, column: Int?)]
    let totals: TotalMarks
    let amount: AmountRule
    let hasLeadingNumber: Bool
    /// How periods are written.
    let periods: [PeriodPattern]

    var needs: PeriodNeed { !columns.isDated ? .date : periods.isEmpty ? .nothing : .yearIfAny }

    /// Whether a row without an EAN is a sale only if its product is mapped.
    var needsEAN: Bool { skipWithout.contains { $0.field == .ean } }

    var titles: [Int: String] { Dictionary(uniqueKeysWithValues: header.enumerated().map { ($0, $1.trimmedLine) }) }

    var fields: [Int: Field] { columns.fields }

    func extraction(_ order: SheetOrder) -> any SheetExtraction { TableExtraction(self, order) }
}
