import Cells

/// How a recognised file is to be read: which of its sheets, and how each.
package struct Fit: Sendable {
    /// In the order in which they are read.
    package let sheets: [FittedSheet]
    /// What the sender should know of sheets that are not read, and of periods that contradict each other.
    package private(set) var warnings: [Warning]
    /// The periods that the names of the file and of its sheets state.
    let namedPeriods: [NamedPeriod]
    /// What the columns of the sales are called.
    package fileprivate(set) var headers: FileHeaders?

    fileprivate mutating func add(_ more: [Warning]) { warnings += more }

    /// What the names of the file and its sheets say against the days of its sales.
    package func contradictions(with sold: ClosedRange<CivilDay>?, of terms: Terms) -> [Warning] {
        guard let sold else { return [] }
        return namedPeriods.compactMap { named in
            named.contradiction(sold, isLiving: terms.isLivingDocument).map { why in
                Warning(
                    "PERIOD_CONTRADICTED", why, holds: true,
                    places: [
                        Warning.Place(
                            sheet: named.sheetName, range: "",
                            look: "\(named.period.words) against \(sold.lowerBound) to \(sold.upperBound)")
                    ])
            }
        }
    }
}

/// One sheet of a file with its columns known.
package struct FittedSheet: Sendable {
    /// The sheet's place in the workbook, from 0.
    package let index: Int
    package let name: String
    let plan: any SheetPlan
    let period: Period?
    let notWanted: LeftOut

    /// The row that names its columns; empty where they are no sales'.
    package var header: [String] { plan.header }

    /// What those columns mean.
    package var fields: [Int: String] { plan.fields.mapValues(\.rawValue) }

    /// Takes the sheet's rows from its first one on.
    package func extraction(for profile: Profile, into harvest: Harvest, merged: MergedCells? = nil) -> any SheetExtraction {
        plan.extraction(
            SheetOrder(
                sheetName: name, conventions: profile.conventions, harvest: harvest, period: period, notWanted: notWanted,
                merged: merged ?? .none, expectations: profile.terms.expectations))
    }
}

extension Profile {
    /// By the first layout that fits. If none does, throws what the nearest one lacks.
    func fit(_ glimpse: Glimpse) throws(FileRefusal) -> Fit {
        var nearest: Shortfall?
        // What the file lacks to be of the reseller's usual layout, which comes first.
        var usual: Shortfall?
        for (place, layout) in layouts.enumerated() {
            let (fitting, all) = plans(layout, glimpse)
            let shortfalls = all.filter { !$0.missing.isEmpty || $0.sentence != nil }
            if place == 0 { usual = shortfalls.max { $1.isNearer(than: $0) } }
            if !fitting.isEmpty {
                // Where every sheet is read, one that fits only half would hold sales that nobody reads.
                if layout.form.readsEverySheet, let half = shortfalls.first(where: { $0.seen > 1 && !isNoSales($0.sheet) }) {
                    throw half.refusal
                }
                var fit = try layout.fit(
                    fitting.filter { !layout.form.readsEverySheet || !isNoSales(glimpse.sheets[$0.0].name) }, in: glimpse, conventions)
                let isNamed = !layout.form.readsEverySheet && !glimpse.isPlainTable
                fit.headers = FileHeaders(
                    layout: place, sheet: isNamed ? fit.sheets[0].name : "", rows: fit.sheets.map(\.plan.header))
                fit.add(UnreadSheets(profile: self, glimpse: glimpse, read: Set(fit.sheets.map(\.index))).warnings)
                return fit
            }
            for shortfall in shortfalls where nearest.map({ shortfall.isNearer(than: $0) }) ?? true { nearest = shortfall }
        }
        // If no sheet has the wanted name, what the others lack says nothing, unless one of them has more of a layout than a header.
        let named = layouts.filter { !$0.form.sheets.isEmpty }
        let lacksSheet = !named.isEmpty && !named.contains { !glimpse.sheets(named: $0.form.sheets).isEmpty }
        if let nearest, nearest.seen > 1 || !lacksSheet {
            let wanted = layouts.first.map { $0.form.sheets } ?? []
            let own = nearest.refusal(usual: usual)
            guard !wanted.isEmpty, glimpse.sheets(named: wanted).isEmpty else { throw own }
            throw FileRefusal(own.type, "\(own.message) \(lacking(wanted, in: glimpse))", suggestion: own.suggestion)
        }
        throw missingSheet(glimpse, nearest)
    }

    private func isNoSales(_ sheet: String) -> Bool { notSales.names(folded: Folded.text(sheet)) }

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

    private func missingSheet(_ glimpse: Glimpse, _ nearest: Shortfall?) -> FileRefusal {
        let columns = nearest.map { $0.missing.isEmpty ? "" : " As a plain table it lacks the columns \($0.columns) in its header." } ?? ""
        if layouts.allSatisfy({ $0.form.sheets.isEmpty }) || glimpse.isPlainTable {
            return FileRefusal(.parsingError, "The file is empty.", suggestion: "Please send the report again.")
        }
        return FileRefusal(
            .missingSheet, "\(lacking(layouts.flatMap(\.form.sheets), in: glimpse))\(columns)",
            suggestion: "Please send the report with its usual sheets.")
    }

    private func lacking(_ sheets: [NamePattern], in glimpse: Glimpse) -> String {
        let wanted = sheets.map { "\"\($0.example)\"" }.joined(separator: " or ")
        return "The workbook has no sheet \(wanted); it has \(glimpse.sheets.map { "\"\($0.name)\"" }.joined(separator: ", "))."
    }
}

/// A sheet that a layout fits, by its place in the workbook.
private typealias PlannedSheet = (index: Int, plan: any SheetPlan)

extension Layout {
    fileprivate func fit(
        _ planned: [PlannedSheet], in glimpse: Glimpse, _ conventions: Conventions
    ) throws(FileRefusal) -> Fit {
        var warnings: [Warning] = []
        var sheets: [FittedSheet] = []
        for (index, plan) in form.readsEverySheet ? planned : [onlyOne(of: planned, in: glimpse)] {
            let name = glimpse.sheets[index].name
            let found = form.period.periods(in: glimpse, sheet: index)
            let chosen = try period(for: plan.needs, among: found, sheet: name)
            if let chosen, let other = found.first(where: { !$0.agrees(with: chosen) }) {
                warnings.append(
                    Warning(
                        "PERIODS_DIFFER", "the sheet \"\(name)\" and the file's name state two periods, \(chosen.words) and \(other.words)",
                        holds: true,
                        places: [Warning.Place(sheet: name, range: "", look: "\(chosen.words) and \(other.words)")]))
            }
            if glimpse.sheets[index].isHidden {
                warnings.append(
                    Warning(
                        "HIDDEN_SHEET_READ", "the sales were read from the hidden sheet \"\(name)\", because no visible one fits",
                        holds: true, places: [Warning.Place(sheet: name, range: "", look: "hidden")]))
            }
            sheets.append(FittedSheet(index: index, name: name, plan: plan, period: chosen, notWanted: notWanted))
        }
        let names =
            [NamedPeriod(inFileName: glimpse)] + sheets.map { NamedPeriod(inSheetName: $0.name) }
            + sheets.map { NamedPeriod(above: glimpse.sheets[$0.index], conventions) }
        warnings += NamedPeriod.doubts(inFileName: glimpse, sheets: sheets.map { glimpse.sheets[$0.index] })
        if let controlSheet { sheets += controls(controlSheet, beside: sheets, in: glimpse, &warnings) }
        return Fit(sheets: sheets, warnings: warnings, namedPeriods: names.compactMap { $0 })
    }

    /// Of sheets that look the same, the one whose period is in the file's name; the first if none is.
    private func onlyOne(of planned: [PlannedSheet], in glimpse: Glimpse) -> PlannedSheet {
        let named = form.period.periodOfName(glimpse)
        return planned.first { named != nil && form.period.periods(in: glimpse, sheet: $0.index).first == named } ?? planned[0]
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
                suggestion: "Please state it where it usually stands, and send the file again.")
        }
        return chosen
    }

    private func controls(
        _ control: ControlSheet, beside sales: [FittedSheet], in glimpse: Glimpse, _ warnings: inout [Warning]
    ) -> [FittedSheet] {
        let sheets = glimpse.sheets(named: control.sheets).compactMap { index, sheet -> FittedSheet? in
            guard !sales.contains(where: { $0.index == index }), let plan = control.plan(sheet) else { return nil }
            return FittedSheet(index: index, name: sheet.name, plan: plan, period: nil, notWanted: .nothing)
        }
        if sheets.isEmpty {
            let names = control.sheets.map { "\"\($0.text)\"" }.joined(separator: " or ")
            warnings.append(Warning("NO_CONTROL_SHEET", "no sheet \(names) has sums to compare the sales with"))
        }
        return sheets
    }
}
