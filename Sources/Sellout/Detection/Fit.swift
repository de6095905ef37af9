/// How a recognised file is to be read: which of its sheets, and how each.
package struct Fit: Sendable {
    /// In the order in which they are read.
    package let sheets: [FittedSheet]
    /// What the sender should know of sheets that are not read.
    package let warnings: [Warning]
}

/// One sheet of a file with its columns known.
package struct FittedSheet: Sendable {
    /// The sheet's place in the workbook, from 0.
    package let index: Int
    package let name: String
    let plan: any SheetPlan
    let period: Period?

    /// Takes the sheet's rows from its first one on.
    package func extraction(for profile: Profile, into harvest: Harvest) -> any SheetExtraction {
        plan.extraction(SheetOrder(sheetName: name, conventions: profile.conventions, harvest: harvest, period: period))
    }
}

extension Profile {
    /// By the first layout that fits. If none does, throws what the nearest one lacks.
    func fit(_ glimpse: Glimpse) throws(FileRefusal) -> Fit {
        var nearest: Shortfall?
        for layout in layouts {
            let (fitting, shortfalls) = plans(layout, glimpse)
            if !fitting.isEmpty {
                // Where every sheet is read, one that fits only half would hold sales that nobody reads.
                if layout.form.readsEverySheet, let half = shortfalls.first(where: { $0.seen > 1 }) { throw half.refusal }
                return try layout.fit(fitting, in: glimpse)
            }
            for shortfall in shortfalls where nearest.map({ shortfall.isNearer(than: $0) }) ?? true { nearest = shortfall }
        }
        // If no sheet has the wanted name, what the others lack says nothing, unless one of them has more of a layout than a header.
        let lacksSheet = layouts.contains { !$0.form.sheets.isEmpty && glimpse.sheets(named: $0.form.sheets).isEmpty }
        if let nearest, !nearest.missing.isEmpty || nearest.sentence != nil, nearest.seen > 1 || !lacksSheet { throw nearest.refusal }
        throw missingSheet(glimpse)
    }

    /// The sheets that fit, and why the others do not. Hidden sheets count only if no other fits.
    private func plans(_ layout: Layout, _ glimpse: Glimpse) -> (fitting: [(Int, any SheetPlan)], shortfalls: [Shortfall]) {
        var fitting: [(Int, any SheetPlan)] = []
        var shortfalls: [Shortfall] = []
        for (index, sheet) in glimpse.sheets(named: layout.form.sheets) where !sheet.isHidden || fitting.isEmpty {
            do throws(Shortfall) {
                fitting.append((index, try layout.form.plan(sheet, conventions)))
            } catch {
                shortfalls.append(error)
            }
        }
        return (fitting, shortfalls)
    }

    private func missingSheet(_ glimpse: Glimpse) -> FileRefusal {
        let wanted = layouts.flatMap(\.form.sheets).map { "\"\($0.text)\"" }
        if wanted.isEmpty || glimpse.isPlainTable {
            return FileRefusal(.parsingError, "The file is empty.", suggestion: "Please send the report again.")
        }
        let sheets = glimpse.sheets.map { "\"\($0.name)\"" }.joined(separator: ", ")
        return FileRefusal(
            .missingSheet, "The workbook has no sheet \(wanted.joined(separator: " or ")); it has \(sheets).",
            suggestion: "Please send the report with its usual sheets.")
    }
}

/// A sheet that a layout fits, by its place in the workbook.
private typealias PlannedSheet = (index: Int, plan: any SheetPlan)

extension Layout {
    fileprivate func fit(_ planned: [PlannedSheet], in glimpse: Glimpse) throws(FileRefusal) -> Fit {
        var warnings: [Warning] = []
        var sheets: [FittedSheet] = []
        for (index, plan) in form.readsEverySheet ? planned : [onlyOne(of: planned, in: glimpse, &warnings)] {
            let name = glimpse.sheets[index].name
            let found = form.period.periods(in: glimpse, sheet: index)
            let chosen = try period(for: plan.needs, among: found, sheet: name)
            if plan.needs == .date, let taken = chosen?.date, let other = found.lazy.compactMap(\.date).first(where: { $0 != taken }) {
                warnings.append(Warning("PERIODS_DIFFER", "the file names two periods, \(taken.day) and \(other.day); the first was taken"))
            }
            sheets.append(FittedSheet(index: index, name: name, plan: plan, period: chosen))
        }
        if let controlSheet { sheets += controls(controlSheet, beside: sheets, in: glimpse, &warnings) }
        return Fit(sheets: sheets, warnings: warnings)
    }

    /// Of sheets that look the same, the one whose period is in the file's name; the first if none is.
    private func onlyOne(of planned: [PlannedSheet], in glimpse: Glimpse, _ warnings: inout [Warning]) -> PlannedSheet {
        let named = form.period.periodOfName(glimpse)
        let chosen = planned.first { named != nil && form.period.periods(in: glimpse, sheet: $0.index).first == named } ?? planned[0]
        let others = planned.filter { $0.index != chosen.index }.map { "\"\(glimpse.sheets[$0.index].name)\"" }
        if !others.isEmpty {
            let names = others.joined(separator: ", ")
            warnings.append(Warning("SHEETS_LEFT_OUT", "sheets that look the same were not read: \(names)", count: others.count))
        }
        return chosen
    }

    private func period(for need: PeriodNeed, among periods: [Period], sheet: String) throws(FileRefusal) -> Period? {
        let chosen: Period? =
            switch need {
            case .nothing: nil
            case .date: periods.first { $0.date != nil }
            case .year, .yearIfAny: periods.first { $0.year != nil }
            }
        if need == .date || need == .year, chosen == nil {
            throw FileRefusal(
                .parsingError,
                "No \(need == .year ? "year" : "period") was found for the sheet \"\(sheet)\"; it is looked for in \(form.period.wanted).",
                suggestion: "Please name the file and its sheets as usual.")
        }
        return chosen
    }

    private func controls(
        _ control: ControlSheet, beside sales: [FittedSheet], in glimpse: Glimpse, _ warnings: inout [Warning]
    ) -> [FittedSheet] {
        let sheets = glimpse.sheets(named: control.sheets).compactMap { index, sheet -> FittedSheet? in
            guard !sales.contains(where: { $0.index == index }), let plan = control.plan(sheet) else { return nil }
            return FittedSheet(index: index, name: sheet.name, plan: plan, period: nil)
        }
        if sheets.isEmpty {
            let names = control.sheets.map { "\"\($0.text)\"" }.joined(separator: " or ")
            warnings.append(Warning("NO_CONTROL_SHEET", "no sheet \(names) has sums to compare the sales with"))
        }
        return sheets
    }
}
