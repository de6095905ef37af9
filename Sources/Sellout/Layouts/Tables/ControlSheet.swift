import Cells
import Settings

/// A sheet beside the sales that sums them up in another way, such as by location. It is read for comparison only.
struct ControlSheet: Sendable {
    let sheets: [NamePattern]
    private let columns: FieldHeaders
    private let totals: TotalMarks

    init(_ node: SettingsNode) {
        sheets = node.namePatterns("sheets")
        totals = TotalMarks(node.namePatterns("totals"))
        columns = node.node("columns").map { FieldHeaders($0, allowed: [.store, .quantity, .amount]) } ?? FieldHeaders()
        if sheets.isEmpty { node.fault("sheets", "is missing; expected the sheet's name") }
        for field in [Field.store, .quantity] where !columns.has(field) {
            node.fault("columns.\(field.rawValue)", "is missing; expected its headers")
        }
        node.nothingElse()
    }

    /// Nil if the sheet does not have the columns.
    func plan(_ sheet: Glimpse.Sheet) -> ControlSheetPlan? {
        for (index, folded) in sheet.folded.enumerated() {
            let found = columns.columns(in: folded)
            if let store = found[.store], let quantity = found[.quantity] {
                return ControlSheetPlan(headerIndex: index, store: store, quantity: quantity, amount: found[.amount], totals: totals)
            }
        }
        return nil
    }
}

/// Where a control sheet's columns are.
struct ControlSheetPlan: SheetPlan {
    let headerIndex: Int
    let store: Int
    let quantity: Int
    let amount: Int?
    let totals: TotalMarks

    var needs: PeriodNeed { .nothing }
    var header: [String] { [] }
    var fields: [Int: Field] { [:] }

    func extraction(_ order: SheetOrder) -> any SheetExtraction { ControlSheetExtraction(self, order) }
}

/// Sums up a control sheet by location, and compares the sum of all with the sales that were extracted before.
struct ControlSheetExtraction: SheetExtraction {
    private static let mostLocations = 200

    private let plan: ControlSheetPlan
    private let harvest: Harvest
    private let sheetName: String
    private let figures: RowFigures
    private var rowsSeen = 0
    private var all = ControlTotal.Sums()
    private var locations: [(name: String, sums: ControlTotal.Sums)] = []
    private var places: [String: Int] = [:]

    init(_ plan: ControlSheetPlan, _ order: SheetOrder) {
        self.plan = plan
        harvest = order.harvest
        sheetName = order.sheetName
        figures = RowFigures(order, titles: [:])
    }

    mutating func take(_ row: Row) throws {
        rowsSeen += 1
        guard rowsSeen > plan.headerIndex + 1, let cell = row.cell(column: plan.store), !plan.totals.markRow(row),
            !plan.totals.mark(cell, row)
        else { return }
        let stated = figures.statedSums(quantity: plan.quantity, amount: plan.amount, row)
        guard !stated.isEmpty else { return }
        all.add(stated)
        let name = row.string(cell).trimmedLine
        if let place = places[Folded.text(name)] {
            locations[place].sums.add(stated)
        } else if locations.count < ControlSheetExtraction.mostLocations {
            places[Folded.text(name)] = locations.count
            locations.append((name, stated))
        }
    }

    func finish() throws {
        guard !all.isEmpty else { return }
        harvest.control(
            .compare(sheetName, file: all, extracted: ControlTotal.Sums(quantity: harvest.quantity, amount: harvest.amount.units)))
        for location in locations {
            // Nothing was extracted by location: the report shows what the file says.
            harvest.control(ControlTotal(scope: "\(sheetName): \(location.name)", file: location.sums, extracted: ControlTotal.Sums()))
        }
    }
}
