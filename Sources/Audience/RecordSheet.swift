import Cells

/// Makes records of a sheet's rows: the first row that is not empty names the fields, each further one is a record. Empty cells are fields
/// that the record does not have. Of what stands in a cell nothing is told.
package struct RecordSheet {
    /// Why a row is no record.
    package struct Problem: Hashable, Sendable {
        package let row: Int
        package let field: String?
        package let what: String

        package init(row: Int, field: String?, what: String) {
            self.row = row
            self.field = field
            self.what = what
        }
    }

    /// So many problems are told; the others are counted.
    package static let told = 100
    /// Bytes of records that a file may come to.
    package static let largest = 32 << 20

    private let most: Int
    private var sheet: String?
    /// By column, the name as JSON writes it with its colon.
    private var fields: [Int32: [UInt8]] = [:]
    private var names: [String] = []
    private var identifying: Set<Int32> = []
    private var texts: Set<Int32> = []
    private var block = RecordBlock()
    private var blocks: [RecordBlock] = []
    private var rows = 0
    private var bytes = 0
    package private(set) var problems: [Problem] = []
    package private(set) var rowsRefused = 0
    /// Sheets behind the first that hold something and were not read.
    package private(set) var otherSheets: [String] = []

    package init(most: Int) { self.most = most }

    package mutating func take(_ row: Row, of name: String) throws(BatchFault) {
        guard row.cells.contains(where: { !isEmpty($0, row) }) else { return }
        if sheet == nil {
            sheet = name
            return try takeHeader(row)
        }
        guard sheet == name else {
            if otherSheets.last != name { otherSheets.append(name) }
            return
        }
        guard rows + rowsRefused < most else { throw BatchFault("The file holds more than \(most) records") }
        takeRecord(row)
        guard bytes <= Self.largest else { throw BatchFault("The file's records come to more than \(Self.largest >> 20) MiB") }
    }

    /// Throws where there is no record, or not each row is one.
    package mutating func finish() throws(BatchFault) -> ReceivedBatch {
        guard sheet != nil else { throw BatchFault("The file is empty") }
        guard rows + rowsRefused > 0 else { throw BatchFault("The file holds no records, only the names of fields") }
        guard rowsRefused == 0 else {
            throw BatchFault("\(rowsRefused) of \(rows + rowsRefused) rows are no records, so none was taken")
        }
        if block.rows > 0 { blocks.append(block) }
        block = RecordBlock()
        return ReceivedBatch(name: nil, fields: names, rows: rows, blocks: blocks)
    }

    private func isEmpty(_ cell: Cell, _ row: Row) -> Bool {
        switch cell.kind {
        case .text, .sharedText: row.withText(of: cell) { $0.isEmpty }
        case .number, .bool, .date, .error, .uncalculated: false
        }
    }

    private mutating func takeHeader(_ row: Row) throws(BatchFault) {
        var columns: [String: Int32] = [:]
        for cell in row.cells where !isEmpty(cell, row) {
            let name = Self.field(called: row.string(cell))
            guard !name.isEmpty else { continue }
            // The file may have no header at all: what stands there would then be somebody's.
            guard columns.updateValue(cell.column, forKey: name) == nil else {
                throw BatchFault("Two columns of row \(row.number) bear the same name")
            }
            names.append(name)
            fields[cell.column] = JSONString.quoted(name) + [UInt8(ascii: ":")]
            if RecordRule.identifying.contains(name) { identifying.insert(cell.column) }
            if RecordRule.texts.contains(name) { texts.insert(cell.column) }
        }
        guard !identifying.isEmpty else {
            throw BatchFault(
                "Row \(row.number) must name the fields, and one of them must be \(RecordRule.identifying.joined(separator: ", "))")
        }
    }

    /// `Business Email` is `business_email`; a name that is none of ours is kept as it is.
    private static func field(called name: String) -> String {
        let bare = name.split(whereSeparator: \.isWhitespace)
        let folded = bare.joined(separator: "_").lowercased().replacing("-", with: "_")
        return RecordRule.texts.contains(folded) ? folded : bare.joined(separator: " ")
    }

    private mutating func takeRecord(_ row: Row) {
        var record: [UInt8] = [UInt8(ascii: "{")]
        var isIdentified = false
        var isGood = true
        for cell in row.cells where !isEmpty(cell, row) {
            guard let field = fields[cell.column] else {
                refuse(row.number, nil, "a cell stands in a column that has no name", &isGood)
                continue
            }
            guard let value = value(cell, row) else {
                let what = cell.kind == .error ? "an error of the spreadsheet program" : "a formula that was never calculated"
                refuse(row.number, name(cell.column), what, &isGood)
                continue
            }
            if record.count > 1 { record.append(UInt8(ascii: ",")) }
            record += field
            record += value
            if identifying.contains(cell.column) { isIdentified = true }
        }
        if !isIdentified { refuse(row.number, nil, RecordRule.mustIdentify, &isGood) }
        guard isGood else { return rowsRefused += 1 }
        record += [UInt8(ascii: "}"), UInt8(ascii: "\n")]
        block.lines += record
        block.rows += 1
        rows += 1
        bytes += record.count
        guard block.isFull else { return }
        blocks.append(block)
        block = RecordBlock()
    }

    private mutating func refuse(_ row: Int, _ field: String?, _ what: String, _ isGood: inout Bool) {
        isGood = false
        if problems.count < Self.told { problems.append(Problem(row: row, field: field, what: what)) }
    }

    private func name(_ column: Int32) -> String? {
        fields[column].map { JSONString.text($0.dropFirst().dropLast(2)) }
    }

    /// As JSON; nil where the cell has none.
    private func value(_ cell: Cell, _ row: Row) -> [UInt8]? {
        switch cell.kind {
        case .text, .sharedText, .date: JSONString.quoted(row.string(cell))
        case .number where !texts.contains(cell.column): Array(row.string(cell).utf8)
        case .number: JSONString.quoted(row.string(cell))
        case .bool where !texts.contains(cell.column): Array((cell.bool == true ? "true" : "false").utf8)
        case .bool: JSONString.quoted(row.string(cell))
        case .error, .uncalculated: nil
        }
    }
}
