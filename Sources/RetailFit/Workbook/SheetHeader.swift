import Cells
import Sellout
import Texts

/// In which column of a sheet each field stands.
struct SheetHeader: Sendable {
    let sheet: RetailSheet
    /// In the order of the sheet's columns: where it stands and how it is spelt there; nil for one that is not there.
    private let places: [(column: Int, title: String)?]

    /// The faults say what is missing; a header that is nearly right is named.
    init(_ sheet: RetailSheet, _ row: Row, _ faults: inout RetailFaults) {
        self.sheet = sheet
        let titles = row.cells.map { (column: Int($0.column), title: row.string($0)) }.filter { !Folded.text($0.title).isEmpty }
        let found = titles.map { (column: $0.column, title: $0.title, key: Folded.header($0.title)) }
        places = sheet.columns.map { column in found.first { column.isCalled($0.key) }.map { ($0.column, $0.title) } }
        for (column, place) in zip(sheet.columns, places) {
            let same = found.filter { column.isCalled($0.key) }
            if same.count > 1 {
                faults.add(
                    RetailFault(
                        sheet: sheet.rawValue, row: row.number, column: same[1].title,
                        "This header stands twice.", do: "Keep the column that counts and take the other away."))
            }
            guard place == nil, column.isNeeded else { continue }
            let unknown = found.filter { title in !sheet.columns.contains { $0.isCalled(title.key) } }
            let near = Nearest.name(to: column.title, among: unknown.map(\.title))
            let hint = near.map { "Is \($0) meant? Spell it \(column.title)." } ?? "Add it, also where its cells stay empty."
            faults.add(
                RetailFault(
                    sheet: sheet.rawValue, row: row.number, column: near ?? column.title, value: near,
                    "The header \(column.title) is missing.", do: hint))
        }
    }

    /// The field's cell, if it holds anything.
    func cell(_ field: Int, of row: Row) -> Cell? {
        places[field].flatMap { row.cell(column: $0.column) }
    }

    func title(_ field: Int) -> String { places[field]?.title ?? sheet.columns[field].title }
}
