/// One way to read a file: the lines of its layout, and what the profile around it must say.
struct DraftedLayout {
    let sheet: SheetLook
    /// The place of the header row among the sheet's rows.
    let header: Int
    var kind: String
    /// The layout's own lines.
    var lines: [DraftLine] = []
    /// Headers that the reseller's files are known by.
    var signs: [String] = []
    /// Columns that hold amounts.
    var amounts: [ColumnLook] = []
    var dates: (order: DateOrder, doubt: String?) = (.dayFirst, nil)
    /// Headers of columns that are not read, with the reason.
    var unused: [(header: String, reason: String)] = []
    /// How many periods the rows have.
    var periods = 0
    /// Sheets that are read beside the first.
    var otherSheets: [String] = []
}

/// A way in which a sheet may lay out its sales. Its layout is written only where no other sheet has more of a sale.
protocol LayoutDraft {
    /// How much of a sale was found, and how surely.
    var score: Int { get }
    var layout: DraftedLayout { get }
}
