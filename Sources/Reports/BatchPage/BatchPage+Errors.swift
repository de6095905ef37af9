import Sellout
import Texts

/// The rows that failed, grouped by who mends them, then by kind.
extension BatchPage {
    /// Of all rows together: a page stays one that can be mailed, whatever a sender has written into its cells.
    private static let mostBytes = 1_200_000

    private struct Group {
        let kind: ErrorKind
        var errors: [RowError] = []
        var count = 0
    }

    var errors: HTML? {
        guard !report.rowErrors.isEmpty, batch.state != .cancelled else { return nil }
        let groups = self.groups
        let (shown, all) = groups.reduce((0, 0)) { ($0.0 + $1.errors.count, $0.1 + $1.count) }
        let file: HTML? = report.restOfErrors.map { " <code>\($0)</code>" }
        return """
            \(side(.forYou, groups.filter { !$0.kind.isForUs }))\(side(.forUs, groups.filter(\.kind.isForUs)))\
            \(shown < all ? "<p class=\"soft\">\(voice.say(.showsFirst, shown, of: all))\(file)</p>\n" : .nothing)
            """
    }

    /// The largest first.
    private var groups: [Group] {
        var groups: [ErrorKind: Group] = [:]
        var bytes = 0
        for error in report.rowErrors {
            groups[error.kind, default: Group(kind: error.kind)].count += 1
            bytes += bytesOfRow(error)
            if bytes < Self.mostBytes { groups[error.kind]?.errors.append(error) }
        }
        // The report holds the first errors only; the ledger has counted them all, by type.
        if report.rowErrors.count >= Report.entriesListed {
            for (kind, group) in groups where !groups.keys.contains(where: { $0 != kind && $0.type == kind.type }) {
                let all = report.errorCounts.first { $0.type == kind.type.rawValue }?.count ?? 0
                groups[kind]?.count = max(group.count, all)
            }
        }
        return groups.values.sorted { ($1.count, $0.kind.type.rawValue) < ($0.count, $1.kind.type.rawValue) }
    }

    private func bytesOfRow(_ error: RowError) -> Int {
        let texts: HTML = "\(error.sheet.cut)\(error.value?.cut)\(error.message.cut(300))\(error.suggestion?.cut(300))"
        return 300 + texts.text.utf8.count
    }

    private func side(_ title: Phrase, _ groups: [Group]) -> HTML? {
        groups.isEmpty ? nil : "<h2>\(voice.say(title))</h2>\n\(groups.html(section))"
    }

    private func section(_ group: Group) -> HTML {
        let isOneSheet = Set(group.errors.map(\.sheet)).count == 1 && batch.filename.lowercased().hasSuffix(".csv")
        let said = group.errors.map(said)
        // A column that says the same in each row says nothing that the heading has not said.
        let columns: [Phrase] =
            [.place, .inYourFile] + (voice.language == .english ? [.whatIsWrong] : []) + (said.contains { $0 != nil } ? [.whatToDo] : [])
        let rows = zip(group.errors, said).html { error, said in
            let cells = columns.html { column in
                switch column {
                case .place: cell(column, place(error, isOneSheet))
                case .inYourFile: cell(column, value(error))
                case .whatIsWrong: cell(column, "\(PlainWords.of(error.message).cut(300))")
                default: cell(column, "\(said ?? "–")")
                }
            }
            return "<tr>\(cells)</tr>\n"
        }
        let table: HTML = """
            <table><thead><tr>\(columns.html { "<th>\(voice.say($0))</th>" })</tr></thead>
            <tbody>\(rows)</tbody></table>
            """
        return """
            <section class="card group"><h3>\(group.kind.heading(group.count, in: voice))</h3><p>\(group.kind.advice(in: voice))</p>
            \(group.errors.isEmpty ? .nothing : table)</section>

            """
    }

    private func said(_ error: RowError) -> String? {
        voice.language == .english ? error.suggestion.map { PlainWords.of($0).cut(300) } : error.suggestion(in: voice)?.cut(300)
    }

    /// A cell that names its column where a phone shows the table as cards.
    func cell(_ head: Phrase, _ content: HTML) -> HTML { "<td data-label=\"\(voice.say(head))\">\(content)</td>" }

    func figure(_ head: Phrase, _ content: String) -> HTML { "<td class=\"n\" data-label=\"\(voice.say(head))\">\(content)</td>" }

    /// As Excel shows it: the cell, and below it the sheet where the file can have several.
    private func place(_ error: RowError, _ isOneSheet: Bool) -> HTML {
        let cell: HTML = error.column.map { "\($0)\(error.row)" } ?? "\(voice.say(.rowNumber, error.row))"
        return isOneSheet || error.sheet.isEmpty ? cell : "\(cell)<br><span class=\"soft small\">\(error.sheet.cut)</span>"
    }

    private func value(_ error: RowError) -> HTML {
        guard let value = error.value, !value.isEmpty else { return "<span class=\"soft\">\(voice.say(.nothing))</span>" }
        return "<code>\(value.cut)</code>"
    }
}
