/// A first profile for an unknown file: what its sheets and columns look like, as JSON5 with comments, to be edited. A guess that could
/// be wrong bears a comment `unsure`.
package struct ProfileDraft {
    package let text: String

    /// Nil if no sheet has a row that could be a header.
    package init?(_ glimpse: Glimpse) {
        let file = FileLook(glimpse)
        var unread: [String] = []
        let drafts = file.sheets.compactMap { ProfileDraft.draft(of: $0, in: file, &unread) }
        guard let best = drafts.enumerated().max(by: { ($0.element.score, -$0.offset) < ($1.element.score, -$1.offset) })?.element else {
            return nil
        }
        let lines = DraftedProfile(file: file, layout: best.layout, unread: unread).lines
        let draft = lines.joined(separator: "\n") + "\n"
        text =
            ProfileDraft.misfit(of: draft, glimpse).map { "// unsure: as it stands, this draft does not read the file: \($0)\n" + draft }
            ?? draft
    }

    /// The way in which a sheet most likely lays out its sales: merged headers and columns of periods are told from a table.
    private static func draft(of sheet: SheetLook, in file: FileLook, _ unread: inout [String]) -> (any LayoutDraft)? {
        if let grid = StoreGridDraft(sheet, in: file) {
            if !grid.hasPeriods { return grid }
            unread.append(sheet.name)
        }
        return PeriodGridDraft(sheet, in: file) ?? TableDraft(sheet, in: file)
    }

    /// Why the draft does not fit its own file; nil if it does.
    private static func misfit(of draft: String, _ glimpse: Glimpse) -> String? {
        do {
            _ = try Profile.read(Array(draft.utf8), file: "draft").fit(glimpse)
            return nil
        } catch let refusal as FileRefusal {
            return DraftLine.quoted(refusal.message)
        } catch {
            return "\(error)".split(whereSeparator: \.isNewline).first.map { DraftLine.quoted(String($0)) } ?? "it has mistakes"
        }
    }
}

/// The whole profile around one layout.
private struct DraftedProfile {
    let file: FileLook
    let layout: DraftedLayout
    /// Sheets that no kind of layout reads.
    let unread: [String]

    private static let commonWords: Set<String> = [
        "report", "sales", "sale", "sell", "sellout", "out", "monthly", "weekly", "copy", "the", "data",
    ]

    var lines: [String] {
        terms + signs.map { $0.text(indent: 2) } + ["  layouts: [", "    {"] + layoutLines.map { $0.text(indent: 6) } + [
            "    },", "  ],", "}",
        ]
    }

    private var terms: [String] {
        let name = FileStem.of(file.name).trimmedLine
        let numbers = layout.sheet.numbers
        let currency = DraftedCurrency.of(layout)
        var lines = [DraftLine("// A draft from \(DraftLine.quoted(name)): check every line before you use it.")]
        lines += unread.map {
            DraftLine("// unsure: the sheet \(DraftLine.quoted($0)) has several figures of each period side by side; no layout reads that.")
        }
        lines += file.hidden.prefix(10).map { DraftLine("// unsure: the hidden sheet \(DraftLine.quoted($0)) was not looked at.") }
        lines.append(DraftLine("{"))
        let living =
            layout.periods > 1
            ? "this file holds \(layout.periods) periods; true if each file holds the earlier ones again"
            : "one file cannot tell; true if each file holds the earlier periods again"
        var body = [
            DraftLine("reseller: \"new_reseller\",", "the folder's name"), DraftLine("vendor_name: \"New reseller\","),
            DraftLine("// country: \"ES\","),
            DraftLine("currency: \"\(currency.code)\",", unsure: currency.doubt ?? nil),
            DraftLine(
                "numbers: \"\(numbers.style.rawValue)\",", numbers.doubt.map { "unsure: \($0)" } ?? "the decimal sign: comma or point"),
            DraftLine("dates: \"\(layout.dates.order.rawValue)\",", layout.dates.doubt.map { "unsure: \($0)" } ?? "dmy, mdy or ymd"),
            DraftLine("living_document: false,", "unsure: \(living)"),
        ]
        if layout.amounts.first.map({ HeaderTraits.includesTax($0.header) }) == true {
            body.append(DraftLine("vat_included: true,", "unsure: by the amount's header"))
        } else if !layout.amounts.isEmpty {
            body.append(DraftLine("// vat_included: true,", "unsure: the file does not say whether amounts hold VAT"))
        }
        body.append(
            DraftLine("online_stores: [\"online\", \"internet\", \"e-shop\", \"webshop\"],", "unsure: what makes a store an online store"))
        return lines.map { $0.text(indent: 0) } + body.map { $0.text(indent: 2) }
    }

    /// What the reseller's files are known by.
    private var signs: [DraftLine] {
        var lines = [DraftLine("signs: {", "what the reseller's files are known by; with five of them it is sure")]
        lines.append(DraftLine("  file_name: [\(DraftLine.quoted(fileWord))],", "unsure: a word of the file's name"))
        let sheets = file.sheets.map(\.namePattern).filter { $0.contains(where: \.isLetter) || $0.contains("#") }.prefix(6)
        if !file.isPlainTable, !sheets.isEmpty { lines.append(DraftLine("  sheets: \(DraftLine.list(sheets)),")) }
        var headers: [String] = []
        for header in layout.signs where !header.isEmpty && !headers.contains(header) { headers.append(header) }
        if !headers.isEmpty { lines.append(DraftLine("  headers: \(DraftLine.list(headers.prefix(7))),")) }
        return lines + [DraftLine("},")]
    }

    /// The first word of the file's name that could be a reseller's.
    private var fileWord: String {
        let stem = FileStem.of(file.name)
        let words = stem.split { !$0.isLetter }.map { Folded.text(String($0)) }.filter { $0.count >= 3 && MonthName.number($0) == nil }
        return words.first { !DraftedProfile.commonWords.contains($0) } ?? words.first ?? Folded.text(stem)
    }

    private var layoutLines: [DraftLine] {
        var lines = [DraftLine("kind: \"\(layout.kind)\",")]
        if !file.isPlainTable, layout.kind != "sheet_per_store" {
            let pattern = layout.sheet.namePattern
            if pattern == layout.sheet.name, layout.sheet.isNamedByPeriod {
                lines.append(DraftLine("// unsure: any sheet is read, since this one is named by its period"))
            } else {
                lines.append(DraftLine("sheets: [\(DraftLine.quoted(pattern))],"))
            }
        }
        return lines + layout.lines + unusedLines
    }

    /// Said in comments, to be turned on once somebody has looked at them.
    private var unusedLines: [DraftLine] {
        var lines: [DraftLine] = []
        if !layout.unused.isEmpty {
            let columns = layout.unused.prefix(40).map { "\(DraftLine.quoted($0.header)): \(DraftLine.quoted($0.reason))" }
            lines.append(DraftLine("// unsure: these columns are not used"))
            lines.append(DraftLine("// not_wanted: { \(columns.joined(separator: ", ")) },"))
        }
        let read = [layout.sheet.name] + layout.otherSheets
        let sheets = file.sheets.filter { !read.contains($0.name) }
        if !sheets.isEmpty {
            let names = sheets.prefix(20).map { "\(DraftLine.quoted($0.namePattern)): \"not read\"" }
            lines.append(DraftLine("// unsure: these sheets are not read"))
            lines.append(DraftLine("// not_sales: { \(names.joined(separator: ", ")) },"))
        }
        return lines
    }
}
