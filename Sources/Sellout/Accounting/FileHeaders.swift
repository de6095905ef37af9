/// What the columns of the sales are called in a file, by which a change of its layout is seen.
package struct FileHeaders: Hashable, Sendable {
    /// Which of the profile's layouts, from 0.
    package let layout: Int
    /// The sheet's name; empty where it says nothing of the layout: in plain tables, and where each sheet is a store's or a period's.
    package let sheet: String
    /// As the file writes them, in their order, each once. Months, years and stores are none: they change from file to file.
    package let headers: [String]

    package static let mostHeaders = 200
    /// In UTF-8.
    package static let longestHeader = 400

    package init(layout: Int, sheet: String, headers: [String]) {
        self.layout = layout
        self.sheet = sheet
        self.headers = headers
    }

    /// - Parameter rows: the header of each sheet that is read.
    init(layout: Int, sheet: String, rows: [[String]]) {
        let texts = rows.joined().filter { $0.utf8.count <= FileHeaders.longestHeader }
        let columns = FileHeaders.columns(texts).prefix(FileHeaders.mostHeaders)
        self.init(
            layout: layout, sheet: sheet.utf8.count <= FileHeaders.longestHeader ? sheet.trimmedLine : "",
            headers: columns.map(\.text.trimmedLine))
    }

    var columns: [(key: String, text: String)] { FileHeaders.columns(headers) }

    /// Each once, without those that are nothing but a period.
    private static func columns(_ texts: [String]) -> [(key: String, text: String)] {
        var seen: Set<String> = []
        return texts.map { (FileHeaders.key($0), $0) }.filter { key, _ in !key.isEmpty && seen.insert(key).inserted }
    }

    /// What stays of a header from file to file: its words without months and without anything that has a digit. Empty for a header
    /// that is nothing but a period.
    static func key(_ text: String) -> String {
        text.split { !$0.isLetter && !$0.isNumber }.map { Folded.text(String($0)) }
            .filter { word in !word.contains(where: \.isNumber) && MonthName.number(word) == nil }.joined(separator: " ")
    }
}

/// What has changed in a reseller's layout since an earlier file. Nobody is held up for it: a column that is needed and missing is
/// refused elsewhere.
package struct LayoutChanges: Hashable, Sendable {
    /// One sentence's part each: `the column "City" is missing`.
    package let all: [String]
    private let sheet: String

    package init(from before: FileHeaders, to now: FileHeaders) {
        sheet = now.sheet
        // Mostly nothing has changed at all.
        guard before.headers != now.headers || before.sheet != now.sheet else {
            all = []
            return
        }
        let (old, new) = (before.columns, now.columns)
        let (oldKeys, newKeys) = (Set(old.map(\.key)), Set(new.map(\.key)))
        let missing = old.filter { !newKeys.contains($0.key) }.map(\.text)
        let added = new.filter { !oldKeys.contains($0.key) }.map(\.text)
        var changes: [String] = []
        if !before.sheet.isEmpty, !now.sheet.isEmpty, FileHeaders.key(before.sheet) != FileHeaders.key(now.sheet) {
            changes.append("the sheet \"\(before.sheet)\" is called \"\(now.sheet)\"")
        }
        if missing.count == 1, added.count == 1 {
            changes.append("the column \"\(missing[0])\" is called \"\(added[0])\", or gave way to it")
        } else {
            changes += missing.map { "the column \"\($0)\" is missing" } + added.map { "the column \"\($0)\" is new" }
        }
        if old.map(\.key).filter(newKeys.contains) != new.map(\.key).filter(oldKeys.contains) {
            changes.append("the columns stand in another order")
        }
        all = changes
    }

    private static let mostSaid = 5

    /// Nil where nothing has changed. `filename` is the earlier file's.
    package func warning(since filename: String) -> Warning? {
        guard !all.isEmpty else { return nil }
        let said = all.prefix(LayoutChanges.mostSaid).joined(separator: "; ")
        let more = all.count > LayoutChanges.mostSaid ? "; and \(all.count - LayoutChanges.mostSaid) more changes" : ""
        return Warning(
            "LAYOUT_CHANGED", "The layout is not that of \"\(filename)\", the last file taken: \(said)\(more).", count: all.count,
            places: all.map { Warning.Place(sheet: sheet, range: "", look: $0) })
    }
}
