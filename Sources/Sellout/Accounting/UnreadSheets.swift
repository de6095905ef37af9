/// The sheets of a workbook that nobody reads. One that looks like sales makes the batch wait; the others are named.
struct UnreadSheets {
    let profile: Profile
    let glimpse: Glimpse
    /// The places of those that are read.
    let read: Set<Int>

    /// No more are named in one sentence.
    private static let mostNamed = 20

    var warnings: [Warning] {
        var doubtful: [Warning.Place] = []
        var others: [String] = []
        for (index, sheet) in glimpse.sheets.enumerated() where !read.contains(index) && !sheet.head.isEmpty {
            if profile.notSales.names(folded: sheet.foldedName) { continue }
            if let look = looksLikeSales(sheet) {
                let hidden = sheet.isHidden ? "it is hidden, and " : ""
                doubtful.append(Warning.Place(sheet: sheet.name, range: "", look: hidden + look))
            } else if holdsFigures(sheet) {
                others.append(sheet.name)
            }
        }
        var warnings: [Warning] = []
        if let first = doubtful.first {
            warnings.append(
                Warning(
                    "SHEET_NOT_READ",
                    "the sheet \(quoted(doubtful.map(\.sheet))) was not read beside \(quoted(read.sorted().map { glimpse.sheets[$0].name })), and looks like sales: \(first.look)",
                    count: doubtful.count, holds: true, places: doubtful))
        }
        if !others.isEmpty {
            warnings.append(Warning("SHEETS_NOT_READ", "sheets without sales were not read: \(quoted(others))", count: others.count))
        }
        return warnings
    }

    private func quoted(_ names: [String]) -> String {
        let shown = names.prefix(UnreadSheets.mostNamed).map { "\"\($0)\"" }.joined(separator: ", ")
        return names.count > UnreadSheets.mostNamed ? "\(shown) and \(names.count - UnreadSheets.mostNamed) more" : shown
    }

    /// A sheet of notes needs no word.
    private func holdsFigures(_ sheet: Glimpse.Sheet) -> Bool {
        sheet.head.contains { $0.contains { !$0.isEmpty && $0.allSatisfy { $0.isNumber || ".,-".contains($0) } } }
    }

    /// How the sheet looks like one of this reseller's sales sheets; nil if it does not.
    private func looksLikeSales(_ sheet: Glimpse.Sheet) -> String? {
        for layout in profile.layouts {
            if !layout.form.sheets.isEmpty, layout.form.sheets.match(folded: sheet.foldedName) {
                return "its name is that of a sales sheet"
            }
            do throws(Shortfall) {
                _ = try layout.form.plan(sheet, profile.conventions)
                return "it has all columns of a sales sheet"
            } catch {
                if error.seen > 1 { return "it has columns of a sales sheet" }
            }
        }
        // What bears the name of a sheet that was read, with something added to it, is another copy or another part of it.
        for index in read where glimpse.sheets.indices.contains(index) {
            let name = glimpse.sheets[index].foldedName
            if name.count > 2, sheet.foldedName.contains(name) { return "it is called like \"\(glimpse.sheets[index].name)\"" }
        }
        return nil
    }
}
