import Cells

/// Sums a control sheet by location, and compares the sum of all with the sales that were extracted before it.
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
        guard stated.quantity != nil || stated.amount != nil else { return }
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
        guard all.quantity != nil || all.amount != nil else { return }
        harvest.control(
            .compare(sheetName, file: all, extracted: ControlTotal.Sums(quantity: harvest.quantity, amount: harvest.amount.units)))
        for location in locations {
            // Nothing was extracted by location: the report shows what the file says.
            harvest.control(ControlTotal(scope: "\(sheetName): \(location.name)", file: location.sums, extracted: ControlTotal.Sums()))
        }
    }
}
