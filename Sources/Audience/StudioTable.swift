import Cells

/// A column of a batch as the studio shows it.
package struct StudioColumn: Hashable, Sendable {
    package let name: String
    /// Where its values come from; nil for a field of the records themselves.
    package let origin: String?
}

/// One batch's records as a table that can be searched, filtered and sorted. Fields that are texts stand there as they are, others as JSON
/// writes them; null is as empty as a field that a record does not have.
package struct StudioTable: Sendable {
    /// Columns that lie together: the records' own, what enriching adds, what other batches know.
    private struct Part: Sendable {
        var cells = PackedCells()
        let firstColumn: Int
    }

    package private(set) var columns: [StudioColumn] = []
    private var parts: [Part] = []
    package var rowCount: Int { parts.first?.cells.rows ?? 0 }
    /// How much of what other batches hold was compared; empty where that was not asked for.
    package let compared: String?

    /// Reads the blocks that `next` gives, until there are none.
    package init<Fault: Error>(enriched: Bool, _ next: () throws(Fault) -> RecordBlock?) throws(Fault) {
        var fields = FieldTable()
        var own = PackedCells()
        var enrichment = Enrichment()
        var more = PackedCells()
        while let block = try next() {
            block.records { record in
                var field = -1
                record.fields { name, value in
                    field = fields.number(of: name.contains(UInt8(ascii: "\\")) ? JSONString.decoded(name)[...] : name, after: field)
                    Self.add(value, column: field, to: &own)
                }
                own.endRow()
                guard enriched else { return }
                more.add(String(own.rows).utf8, column: 0)
                for (column, value) in enrichment.values(of: record).enumerated() {
                    if let value { more.add(value.utf8, column: column + 1) }
                }
                more.endRow()
            }
        }
        compared = nil
        add(own, columns: fields.names.map { StudioColumn(name: String(decoding: $0, as: UTF8.self), origin: nil) })
        guard enriched else { return }
        add(more, columns: [Self.numberColumn] + EnrichedColumn.allCases.map { StudioColumn(name: $0.name, origin: $0.origin) })
    }

    /// What `twin_of` names.
    package static let numberColumn = StudioColumn(name: "record_number", origin: "the record's place in the batch, from 1")

    private static func add(_ value: ArraySlice<UInt8>, column: Int, to cells: inout PackedCells) {
        switch value.first {
        case UInt8(ascii: "\""):
            let text = value.dropFirst().dropLast()
            if text.contains(UInt8(ascii: "\\")) {
                cells.add(JSONString.decoded(text), column: column)
            } else {
                cells.add(text, column: column)
            }
        case UInt8(ascii: "n"), nil: break
        // A figure keeps all its digits.
        default: cells.add(value, column: column)
        }
    }

    /// The same table with a column that says which other batches know a record's company.
    package init(_ table: StudioTable, knownIn known: KnownCompanies, compared: String?) {
        columns = table.columns
        parts = table.parts
        self.compared = compared
        guard let domain = table.place(of: .domain) else { return }
        var cells = PackedCells()
        for row in 0..<table.rowCount {
            if let words = table.text(row, domain).flatMap({ known.words(on: $0) }) { cells.add(words.utf8, column: 0) }
            cells.endRow()
        }
        add(cells, columns: [StudioColumn(name: KnownCompanies.column, origin: KnownCompanies.origin)])
    }

    private mutating func add(_ cells: PackedCells, columns more: [StudioColumn]) {
        var cells = cells
        cells.finish()
        parts.append(Part(cells: cells, firstColumn: columns.count))
        for column in more {
            // A record's own field keeps its name, whatever we would have called ours.
            var name = column.name
            while columns.contains(where: { $0.name == name }) { name += "_2" }
            columns.append(column.origin == nil ? column : StudioColumn(name: name, origin: column.origin))
        }
    }
}

/// What stands in it.
extension StudioTable {
    private func place(of enriched: EnrichedColumn) -> Int? { columns.firstIndex { $0.origin == enriched.origin } }

    private func located(_ column: Int) -> (cells: PackedCells, column: Int)? {
        parts.last { $0.firstColumn <= column }.map { ($0.cells, column - $0.firstColumn) }
    }

    package func text(_ row: Int, _ column: Int) -> String? {
        guard (0..<rowCount).contains(row), let (cells, column) = located(column) else { return nil }
        return cells.text(row, column).map { String(decoding: $0, as: UTF8.self) }
    }

    /// A value for each of these columns, nil where the record has none.
    package func texts(_ row: Int, _ wanted: [Int]) -> [String?] {
        guard (0..<rowCount).contains(row) else { return wanted.map { _ in nil } }
        return wanted.map { text(row, $0) }
    }

    /// Whether these rows hold nothing but numbers there, and one at least.
    package func isOfNumbers(_ column: Int, in rows: some Sequence<Int32>) -> Bool {
        guard let (cells, column) = located(column) else { return false }
        let texts = rows.compactMap { cells.text(Int($0), column) }
        return !texts.isEmpty && texts.allSatisfy { DecimalNumber(text: $0) != nil }
    }

    /// The companies' domains of an enriched table.
    package var domains: Set<String> {
        guard let domain = place(of: .domain) else { return [] }
        return Set((0..<rowCount).compactMap { text($0, domain) })
    }

    /// An enriched table answers a question that wants nothing added as if nothing were.
    private func parts(for question: StudioQuestion) -> ArraySlice<Part> { question.isEnriched ? parts[...] : parts.prefix(1) }

    private func places(for question: StudioQuestion) -> Range<Int> {
        0..<(question.isEnriched || parts.count < 2 ? columns.count : parts[1].firstColumn)
    }

    private func column(named name: String, for question: StudioQuestion) throws(StudioFault) -> Int {
        if let found = places(for: question).first(where: { columns[$0].name == name }) { return found }
        let isAdded = columns.contains { $0.name == name } || Self.addedNames.contains(name)
        throw StudioFault("There is no column called “\(name)”\(isAdded ? " until the batch is enriched" : "").")
    }

    private static let addedNames = EnrichedColumn.allCases.map(\.name) + [numberColumn.name, KnownCompanies.column]

    /// The columns that are to be seen.
    package func columns(for question: StudioQuestion) throws(StudioFault) -> [Int] {
        guard !question.shown.isEmpty else { return Array(places(for: question)) }
        var places: [Int] = []
        for name in question.shown { places.append(try column(named: name, for: question)) }
        return places
    }
}

/// Which of its rows, in which order.
extension StudioTable {
    /// Their numbers from 0.
    package func rows(for question: StudioQuestion) throws(StudioFault) -> [Int32] {
        let question = try question.checked()
        var isWanted = [Bool](repeating: question.search.isEmpty, count: rowCount)
        if !question.search.isEmpty {
            let needle = PackedCells.folded(question.search.utf8)
            for part in parts(for: question) { part.cells.mark(rowsHolding: needle, in: &isWanted) }
        }
        for condition in question.conditions {
            guard let (cells, column) = located(try column(named: condition.column, for: question)) else { continue }
            let value = PackedCells.folded(condition.value.utf8)
            for row in isWanted.indices where isWanted[row] { isWanted[row] = Self.holds(condition.test, value, cells, row, column) }
        }
        var rows: [Int32] = []
        for (row, isWanted) in isWanted.enumerated() where isWanted { rows.append(Int32(row)) }
        guard let sort = question.sort, let (cells, column) = located(try column(named: sort, for: question)) else { return rows }
        return SortedRows.sorted(rows, by: column, of: cells, descending: question.isDescending)
    }

    private static func holds(
        _ test: StudioQuestion.Test, _ value: [UInt8], _ cells: PackedCells, _ row: Int, _ column: Int
    ) -> Bool {
        switch test {
        case .isEmpty: return !cells.has(row, column)
        case .isNotEmpty: return cells.has(row, column)
        case .contains, .equals, .differs: break
        }
        let text = cells.folded(row, column) ?? []
        switch test {
        case .equals: return text.elementsEqual(value)
        case .differs: return !text.elementsEqual(value)
        default: return contains(text, value)
        }
    }

    private static func contains(_ text: ArraySlice<UInt8>, _ value: [UInt8]) -> Bool {
        guard let first = value.first, text.count >= value.count else { return value.isEmpty }
        for start in text.startIndex...text.endIndex - value.count where text[start] == first {
            if text[start..<start + value.count].elementsEqual(value) { return true }
        }
        return false
    }
}
