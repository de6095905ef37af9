/// Where a table's columns are on one sheet.
struct TablePlan: SheetPlan {
    let layout: TableLayout
    /// The header's place among the sheet's rows, from 0.
    let headerIndex: Int
    let columns: TableColumns
    let titles: [Int: String]
    /// The store where the sheet's name is one.
    var sheetStore: String?

    init(layout: TableLayout, headerIndex: Int, columns: [Field: Int], titles: [String]) {
        self.layout = layout
        self.headerIndex = headerIndex
        self.columns = TableColumns(columns)
        self.titles = Dictionary(uniqueKeysWithValues: titles.enumerated().map { ($0, $1.trimmedLine) })
    }

    var needs: PeriodNeed { !columns.isDated ? .date : layout.period.texts.isEmpty ? .nothing : .yearIfAny }

    func extraction(_ order: SheetOrder) -> any SheetExtraction { TableExtraction(self, order) }
}
