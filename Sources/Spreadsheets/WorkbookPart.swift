/// What the workbook's own part says: its sheets, in order, and how it counts dates.
struct WorkbookPart {
    struct Entry {
        let sheet: Sheet
        let part: String
    }

    private(set) var sheets: [Entry] = []
    private(set) var dates = DateSystem(startsIn1904: false)
    let sharedTexts: String?
    let styles: String?

    init(_ name: String, in archive: ZipArchive, limits: Limits) throws(SpreadsheetFault) {
        guard let entry = archive.entry(name) else { throw .damaged("its part \(name) is missing") }
        let relationships = try Relationships(of: name, in: archive, limits: limits)
        sharedTexts = relationships.first("sharedStrings")
        styles = relationships.first("styles")
        var tabs: [[String: String]] = []
        var startsIn1904 = false
        try MarkupElements.list(try archive.contents(entry), named: name, limits: limits) { element in
            if element.name == "sheet", element.parent == "sheets", tabs.count <= limits.sheets { tabs.append(element.attributes) }
            if element.name == "workbookPr", let value = element.attributes["date1904"] { startsIn1904 = value == "1" || value == "true" }
        }
        dates = DateSystem(startsIn1904: startsIn1904)
        guard tabs.count <= limits.sheets else { throw .limit("it has more than \(limits.sheets) sheets") }
        for (position, tab) in tabs.enumerated() {
            guard let id = tab[":id"] ?? tab["id"], let target = relationships.targets[id] else { continue }
            // Charts, dialogs and macros have tabs too.
            guard target.kind == "worksheet" else { continue }
            let state = tab["state"] ?? "visible"
            let sheet = Sheet(name: Normalization.nfc(name: tab["name"] ?? ""), isHidden: state != "visible", position: position)
            sheets.append(Entry(sheet: sheet, part: target.part))
        }
    }
}
