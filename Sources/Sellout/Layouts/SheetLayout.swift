import Cells

/// One way in which sales lie on a sheet: tells whether it fits, and plans the reading.
protocol SheetLayout: Sendable {
    /// The sheets that bear it; any where there is none.
    var sheets: [NamePattern] { get }
    /// Every sheet that fits is read, not only the first.
    var readsEverySheet: Bool { get }
    /// Where the period stands that no column bears.
    var period: PeriodRule { get }

    func plan(_ sheet: Glimpse.Sheet, _ conventions: Conventions) throws(Shortfall) -> any SheetPlan
}

extension SheetLayout {
    var readsEverySheet: Bool { false }
}

/// How one sheet is to be read: its columns are known.
protocol SheetPlan: Sendable {
    /// What the layout must know from elsewhere before it can date its sales.
    var needs: PeriodNeed { get }

    func extraction(_ order: SheetOrder) -> any SheetExtraction
}

enum PeriodNeed: Sendable {
    case nothing, date, year
    /// A year would help; rows that lack one are wrong without it.
    case yearIfAny
}

/// What a plan is carried out with.
struct SheetOrder {
    let sheetName: String
    let conventions: Conventions
    let harvest: Harvest
    /// What was found outside of the columns.
    let period: Period?
}

/// Takes one sheet's rows as they stream by, and makes drafts of them.
package protocol SheetExtraction {
    /// Takes the sheet's rows in their order, from its first.
    mutating func take(_ row: Row) throws
    /// After the last row.
    mutating func finish() throws
}
