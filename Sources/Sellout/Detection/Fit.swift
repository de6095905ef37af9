/// How a recognised file is to be read: which sheets, and how each.
package struct Fit: Sendable {
    /// In the order in which they are read.
    package let sheets: [FittedSheet]
    /// What the sender should know of sheets that are left out.
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
    /// The first layout that fits; throws why none does, in the words of the one that comes nearest.
    func fit(_ glimpse: Glimpse) throws(FileRefusal) -> Fit {
        var nearest: Shortfall?
        for layout in layouts {
            let (fitting, shortfalls) = plans(layout, glimpse)
            if !fitting.isEmpty {
                // A sheet that bears half of a layout of many sheets would be sales that nobody reads.
                if layout.form.readsEverySheet, let half = shortfalls.first(where: { $0.seen > 1 }) { throw half.refusal }
                return try layout.fit(fitting, in: glimpse)
            }
            for shortfall in shortfalls where nearest.map({ shortfall.isNearer(than: $0) }) ?? true { nearest = shortfall }
        }
        // Where a sheet is missing by its name, columns that other sheets lack say nothing, unless they bear most of a layout.
        let lacksSheet = layouts.contains { !$0.form.sheets.isEmpty && glimpse.sheets(named: $0.form.sheets).isEmpty }
        if let nearest, !nearest.missing.isEmpty || nearest.sentence != nil, nearest.seen > 1 || !lacksSheet { throw nearest.refusal }
        throw missingSheet(glimpse)
    }

    /// What fits, and why the rest does not. Hidden sheets count only where no other fits.
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
        let wanted = layouts.flatMap { $0.form.sheets }.map { "\"\($0.text)\"" }
        if wanted.isEmpty || glimpse.isPlainTable {
            return FileRefusal(.parsingError, "The file is empty.", suggestion: "Please send the report again.")
        }
        let sheets = glimpse.sheets.map { "\"\($0.name)\"" }.joined(separator: ", ")
        return FileRefusal(
            .missingSheet, "The workbook has no sheet \(wanted.joined(separator: " or ")); it has \(sheets).",
            suggestion: "Please send the report with its usual sheets.")
    }
}

extension Layout {
    fileprivate func fit(_ plans: [(index: Int, plan: any SheetPlan)], in glimpse: Glimpse) throws(FileRefusal) -> Fit {
        var warnings: [Warning] = []
        var read = plans
        if !form.readsEverySheet, plans.count > 1 {
            // Of sheets that look the same, the one that the file's name speaks of.
            let named = form.period.periodOfName(glimpse)
            let chosen = plans.first { named != nil && form.period.periods(in: glimpse, sheet: $0.index).first == named } ?? plans[0]
            read = [chosen]
            let others = plans.filter { $0.index != chosen.index }.map { "\"\(glimpse.sheets[$0.index].name)\"" }.joined(separator: ", ")
            warnings.append(Warning("SHEETS_LEFT_OUT", "sheets that look the same were not read: \(others)", count: plans.count - 1))
        }
        var sheets: [FittedSheet] = []
        for (index, plan) in read {
            let periods = form.period.periods(in: glimpse, sheet: index)
            let period = try chosen(plan.needs, periods, glimpse.sheets[index].name)
            if plan.needs == .date, let other = periods.first(where: { $0.date != nil && $0.date != period?.date }), let date = other.date,
                let taken = period?.date
            {
                warnings.append(Warning("PERIODS_DIFFER", "the file names two periods, \(taken.day) and \(date.day); the first was taken"))
            }
            sheets.append(FittedSheet(index: index, name: glimpse.sheets[index].name, plan: plan, period: period))
        }
        if let control = controlSheet {
            let sales = sheets.count
            for (index, sheet) in glimpse.sheets(named: control.sheets) where !sheets.contains(where: { $0.index == index }) {
                if let plan = control.plan(sheet) { sheets.append(FittedSheet(index: index, name: sheet.name, plan: plan, period: nil)) }
            }
            if sheets.count == sales {
                let names = control.sheets.map { "\"\($0.text)\"" }.joined(separator: " or ")
                warnings.append(Warning("NO_CONTROL_SHEET", "no sheet \(names) has sums to compare the sales with"))
            }
        }
        return Fit(sheets: sheets, warnings: warnings)
    }

    private func chosen(_ need: PeriodNeed, _ periods: [Period], _ sheet: String) throws(FileRefusal) -> Period? {
        let period: Period? =
            switch need {
            case .nothing: nil
            case .date: periods.first { $0.date != nil }
            case .year, .yearIfAny: periods.first { $0.year != nil }
            }
        if need == .date || need == .year, period == nil {
            throw FileRefusal(
                .parsingError,
                "No \(need == .year ? "year" : "period") was found for the sheet \"\(sheet)\"; it is looked for in \(form.period.wanted).",
                suggestion: "Please name the file and its sheets as usual.")
        }
        return period
    }
}
