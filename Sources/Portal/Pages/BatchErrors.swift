import Batches
import Ledger
import Reports
import Sellout

/// The rows of a batch that failed, grouped by who mends them, then by kind.
struct BatchErrors {
    /// A group shows so many rows; a page of its own has them all.
    private static let shown = 10

    private let report: Report
    private let groups: [ErrorGroup]
    private let desk: PageDesk

    init(_ report: Report, _ groups: [ErrorGroup], _ desk: PageDesk) {
        self.report = report
        self.groups = groups
        self.desk = desk
    }

    var html: HTML {
        let theirs = desk.operates ? "For \(desk.vendor(report.batch.reseller)) to correct" : "For you to correct"
        return "\(side(theirs, groups.filter { !$0.first.type.isOurs }))\(side("For us", groups.filter { $0.first.type.isOurs }))"
    }

    private func side(_ title: String, _ groups: [ErrorGroup]) -> HTML? {
        groups.isEmpty ? nil : "<h2>\(title)</h2>\(groups.html(group))"
    }

    private func group(_ group: ErrorGroup) -> HTML {
        let type = group.first.type
        let errors = report.rowErrors.filter { $0.type == type }
        let link = Link("batches", report.batch.id.text, "rows", query: [("type", type.rawValue)])
        let all: HTML? =
            group.errors > BatchErrors.shown ? "<p><a href=\"\(link)\">All \(Figures.count(group.errors)), row by row</a></p>" : nil
        return """
            <section class="card group"><h3>\(Words.heading(type, group.errors))</h3><p>\(Words.advice(type))\(elsewhere(type))</p>
            \(ErrorRows(Array(errors.prefix(BatchErrors.shown)), of: report.batch, desk).html)\(all)</section>
            """
    }

    /// Where it is done for all files at once.
    private func elsewhere(_ type: RowErrorType) -> HTML? {
        guard desk.operates else { return nil }
        switch type {
        case .productNotMapped: return " <a href=\"\(Link("products", query: [("reseller", report.batch.reseller)]))\">Map products</a>"
        case .storeNotFound: return " <a href=\"\(Link("stores", query: [("reseller", report.batch.reseller)]))\">Look at stores</a>"
        default: return nil
        }
    }
}

/// Failed rows as a table: place, what the file says, what to do.
struct ErrorRows {
    private let errors: [RowError]
    private let batch: Batch
    private let desk: PageDesk

    init(_ errors: [RowError], of batch: Batch, _ desk: PageDesk) {
        self.errors = errors
        self.batch = batch
        self.desk = desk
    }

    var html: HTML {
        """
        <table><thead><tr><th>Place</th><th>In the file</th><th>What is wrong</th><th>What to do</th></tr></thead><tbody>
        \(errors.html(line))
        </tbody></table>
        """
    }

    private func line(_ error: RowError) -> HTML {
        let mend: HTML? = desk.operates ? RowForm(error, of: batch, desk).html : nil
        return """
            <tr data-row><td data-label="Place" class="w">\(place(error))</td><td data-label="In the file">\(value(error))</td>\
            <td data-label="What is wrong">\(Words.plain(error.message))</td>\
            <td data-label="What to do">\(advice(error))\(mend)</td></tr>

            """
    }

    /// As Excel shows it: the sheet where the file has several, then the cell.
    private func place(_ error: RowError) -> HTML {
        let cell = error.column.map { "\($0)\(error.row)" } ?? "row \(Figures.count(error.row))"
        let isOnlySheet = Set(errors.map(\.sheet)).count == 1 && batch.filename.lowercased().hasSuffix(".csv")
        let link = Link("batches", batch.id.text, "rows", error.sheet, "\(error.row)")
        let shown: HTML = desk.operates ? "<a href=\"\(link)\">\(cell)</a>" : "\(cell)"
        return isOnlySheet ? shown : "\(shown)<br><span class=\"soft small\">\(error.sheet)</span>"
    }

    /// What is told to senders only is left out where we read it.
    private func advice(_ error: RowError) -> String {
        let text = error.suggestion.map(Words.plain) ?? ""
        return desk.operates
            ? text.replacing("Nothing to do for you: operations map it, and the sale is then taken by itself.", with: "") : text
    }

    private func value(_ error: RowError) -> HTML {
        guard let value = error.value, !value.isEmpty else { return "<span class=\"soft\">nothing</span>" }
        return "<code>\(value.count > 120 ? value.prefix(120) + "…" : value)</code>"
    }
}
