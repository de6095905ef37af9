import Audience
import Web

/// The records that were asked for, page by page.
enum StudioRecords {
    /// More columns than these are shown when they are chosen.
    private static let mostColumns = 30
    /// Of a text, on the page; an export holds all of it.
    private static let longest = 300
    /// Of a column's name, which no head of a table breaks.
    private static let longestName = 40

    static func html(_ view: StudioView) -> HTML {
        guard !view.rows.isEmpty else { return empty(view) }
        let from = (view.page - 1) * StudioView.size
        let shown = view.rows.dropFirst(from).prefix(StudioView.size)
        let columns = Array(view.columns.prefix(mostColumns))
        guard !shown.isEmpty else { return "<p class=\"empty\">There are no more.</p>" }
        let some: HTML? =
            view.columns.count > mostColumns
            ? "<p class=\"soft\">The first \(mostColumns) of \(Figures.count(view.columns.count)) columns are shown. Choose columns to see others; an export holds all.</p>"
            : nil
        let numeric = Set(columns.filter { view.table.isOfNumbers($0, in: shown) })
        let heads = columns.html { head($0, numeric.contains($0), view) }
        let lines = shown.html { row in line(Int(row), columns, numeric, view) }
        return """
            <h2>Records</h2>\(some)<p class="sorting soft">Sort by \(sorting(columns, view))</p>
            <div class="wide" role="region" aria-label="Records" tabindex="0"><table><thead><tr>\(isNumbered(columns, view) ? .nothing : "<th class=\"n\">No.</th>" as HTML)\(heads)</tr></thead>\
            <tbody>\(lines)</tbody></table></div>
            \(Paging(page: view.page, hasMore: view.rows.count > from + StudioView.size) { view.link(page: $0) }.html)
            """
    }

    /// What was added may say it already.
    private static func isNumbered(_ columns: [Int], _ view: StudioView) -> Bool {
        columns.contains { view.table.columns[$0].origin == StudioTable.numberColumn.origin }
    }

    private static func empty(_ view: StudioView) -> HTML {
        guard view.table.rowCount > 0 else {
            return "<p class=\"empty\">No record is left in this batch: all of them were forgotten.</p>"
        }
        return
            "<p class=\"empty\">No record is like that. <a href=\"\(view.asking { ($0.search, $0.conditions) = ("", []) })\">Show all</a></p>"
    }

    private static func name(_ place: Int, _ view: StudioView) -> String {
        let name = view.table.columns[place].name
        return name.isEmpty ? "(no name)" : name.count > longestName ? "\(name.prefix(longestName))…" : name
    }

    /// Up, then down, then as they came.
    private static func sort(_ column: StudioColumn, _ view: StudioView) -> Link? {
        guard StudioView.isNameable(column.name) else { return nil }
        return view.asking { question in
            switch (question.sort == column.name, question.isDescending) {
            case (false, _): (question.sort, question.isDescending) = (column.name, false)
            case (true, false): question.isDescending = true
            case (true, true): (question.sort, question.isDescending) = (nil, false)
            }
        }
    }

    private static func head(_ place: Int, _ isNumeric: Bool, _ view: StudioView) -> HTML {
        let column = view.table.columns[place]
        let align: HTML = isNumeric ? " class=\"n\"" : .nothing
        let from: HTML = column.origin == nil ? align : "\(align) aria-describedby=\"from-\(place)\""
        guard let link = sort(column, view) else { return "<th\(from)>\(name(place, view))</th>" }
        let (isSorted, isDown) = (view.question.sort == column.name, view.question.isDescending)
        let state: HTML = isSorted ? (isDown ? " aria-sort=\"descending\"" : " aria-sort=\"ascending\"") : .nothing
        let sign: HTML = isSorted ? (isDown ? " <span aria-hidden=\"true\">↓</span>" : " <span aria-hidden=\"true\">↑</span>") : .nothing
        let added: HTML = column.origin == nil ? .nothing : "<br><span class=\"soft small\">added</span>"
        return "<th\(from)\(state)><a href=\"\(link)\">\(name(place, view))</a>\(sign)\(added)</th>"
    }

    private static func sorting(_ columns: [Int], _ view: StudioView) -> HTML {
        columns.compactMap { place in
            let column = view.table.columns[place]
            return sort(column, view).map { link in
                "<a href=\"\(link)\"\(view.question.sort == column.name ? " aria-current=\"true\"" as HTML : .nothing)>\(column.name)</a>"
            }
        }.joined(" · ")
    }

    private static func line(_ row: Int, _ columns: [Int], _ numeric: Set<Int>, _ view: StudioView) -> HTML {
        let cells = zip(columns, view.table.texts(row, columns)).html { place, text in
            guard let text else { return "<td data-label=\"\(name(place, view))\" data-none></td>" }
            let shown = text.utf8.count > longest ? "\(text.prefix(longest))…" : text
            let align: HTML = numeric.contains(place) ? " class=\"n\"" : .nothing
            return "<td\(align) data-label=\"\(name(place, view))\"><bdi>\(shown)</bdi></td>"
        }
        let number: HTML =
            isNumbered(columns, view) ? .nothing : "<td class=\"n\" data-label=\"No.\">\(Figures.count(row + 1))</td>"
        return "<tr data-row>\(number)\(cells)</tr>\n"
    }
}
