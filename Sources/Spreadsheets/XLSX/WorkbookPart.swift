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
        var root = ""
        try MarkupElements.list(try archive.contents(entry), named: name, limits: limits) { element in
            if element.parent.isEmpty { root = element.name }
            if element.name == "sheet", element.parent == "sheets", tabs.count <= limits.sheets { tabs.append(element.attributes) }
            if element.name == "workbookPr", let value = element.attributes["date1904"] { startsIn1904 = value == "1" || value == "true" }
        }
        guard root == "workbook" else { throw WorkbookPart.fault(forRoot: root) }
        dates = DateSystem(startsIn1904: startsIn1904)
        guard tabs.count <= limits.sheets else { throw .limit("it has more than \(limits.sheets) sheets", .split) }
        var parts: Set<String> = []
        for (position, tab) in tabs.enumerated() {
            guard let id = tab[":id"] ?? tab["id"], let target = relationships.targets[id] else {
                throw .damaged("its tab number \(position + 1) leads to no sheet")
            }
            // Charts, dialogs and macros have tabs too.
            guard target.kind == "worksheet" else { continue }
            guard parts.insert(ZipEntry.key(target.part)).inserted else { throw .damaged("two of its tabs are one and the same sheet") }
            let state = tab["state"] ?? "visible"
            let sheet = Sheet(name: Normalization.nfc(name: tab["name"] ?? ""), isHidden: state != "visible", position: position)
            sheets.append(Entry(sheet: sheet, part: target.part))
        }
        guard !sheets.isEmpty else { throw .noSheets }
    }

    /// For a main part whose outermost element is not `workbook`.
    private static func fault(forRoot root: String) -> SpreadsheetFault {
        switch root {
        case "document": .notASpreadsheet("a Word document")
        case "presentation": .notASpreadsheet("a PowerPoint presentation")
        case "VisioDocument": .notASpreadsheet("a Visio drawing")
        case "theme": .notASpreadsheet("an Office theme")
        default: .notASpreadsheet("an Office file without a workbook in it")
        }
    }
}

/// Where a part's references lead.
struct Relationships {
    struct Target {
        /// The last word of the relationship's type, which both editions of the standard share.
        let kind: String
        /// The part's name in the container.
        let part: String
    }

    /// By their identifiers.
    private(set) var targets: [String: Target] = [:]

    /// Reads the relationships of a part; none where it has none.
    init(of part: String, in archive: ZipArchive, limits: Limits) throws(SpreadsheetFault) {
        let folder = part.split(separator: "/").dropLast().joined(separator: "/")
        let file = part.split(separator: "/").last.map(String.init) ?? ""
        guard let entry = archive.entry("\(folder)/_rels/\(file).rels") else { return }
        var found: [String: Target] = [:]
        try MarkupElements.list(try archive.contents(entry), named: entry.name, limits: limits) { element in
            guard element.name == "Relationship", let id = element.attributes["Id"], let target = element.attributes["Target"],
                element.attributes["TargetMode"]?.lowercased() != "external"
            else { return }
            // One beyond the limit is enough to refuse the part.
            guard found.count <= limits.entries else { return }
            let kind = element.attributes["Type"]?.split(separator: "/").last.map(String.init) ?? ""
            found[id] = Target(kind: kind, part: Relationships.resolve(target, in: folder))
        }
        guard found.count <= limits.entries else { throw .limit("a part refers to more than \(limits.entries) others") }
        targets = found
    }

    func first(_ kind: String) -> String? { targets.values.first { $0.kind == kind }?.part }

    /// A target is relative to the part's folder unless it begins with a slash.
    private static func resolve(_ target: String, in folder: String) -> String {
        let plain = String(target.map { $0 == "\\" ? "/" : $0 })
        var steps = plain.hasPrefix("/") ? [] : folder.split(separator: "/")
        for step in plain.split(separator: "/") where step != "." {
            if step == ".." { _ = steps.popLast() } else { steps.append(step) }
        }
        return steps.joined(separator: "/")
    }
}

/// Which cell styles show a number as a date.
struct Styles {
    /// By style number.
    private var showsDate: [Bool] = []

    init() {}

    init(_ part: ByteWindow, named name: String, limits: Limits) throws(SpreadsheetFault) {
        var custom: [Int: Bool] = [:]
        var formats: [Int] = []
        try MarkupElements.list(part, named: name, limits: limits) { element in
            switch (element.parent, element.name) {
            case ("numFmts", "numFmt"):
                guard let number = element.attributes["numFmtId"].flatMap({ Int($0) }), let code = element.attributes["formatCode"] else {
                    return
                }
                custom[number] = DateFormat.isDate(code: code)
            case ("cellXfs", "xf"):
                formats.append(element.attributes["numFmtId"].flatMap { Int($0) } ?? 0)
            default: break
            }
        }
        showsDate = formats.map { custom[$0] ?? DateFormat.isDate(builtIn: $0) }
    }

    @inline(__always)
    func isDate(_ style: Int) -> Bool { style > 0 && style < showsDate.count ? showsDate[style] : style == 0 && showsDate.first == true }
}
