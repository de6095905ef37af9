import Cells
import Foundation
import Spreadsheets

/// A file opened the way the daemon's reader gets it: as a descriptor.
final class OpenedFile {
    let descriptor: Int32
    let name: String

    init(path: String) throws {
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        name = URL(filePath: path).lastPathComponent
        if descriptor < 0 { throw CorpusFault(description: "cannot open \(path)") }
    }

    /// A file of these bytes, without a name on the disk.
    init(_ bytes: some Collection<UInt8>, name: String = "test.csv") throws {
        var template = Array((NSTemporaryDirectory() + "sellout-XXXXXX").utf8CString)
        descriptor = unsafe mkstemp(&template)
        unsafe unlink(template)
        self.name = name
        let all = Array(bytes)
        guard descriptor >= 0, unsafe write(descriptor, all, all.count) == all.count else { throw CorpusFault(description: "cannot write") }
    }

    deinit { close(descriptor) }

    func workbook(limits: Limits = Limits()) throws -> Workbook { try Workbook(descriptor: descriptor, name: name, limits: limits) }

    /// Every cell of every sheet.
    func cells(limits: Limits = Limits()) throws -> [ExpectedCell] {
        let book = try workbook(limits: limits)
        var cells: [ExpectedCell] = []
        for sheet in book.sheets.indices {
            try book.read(sheet: sheet) { row in
                for cell in row.cells {
                    cells.append(ExpectedCell(sheet: sheet, row: row.number, column: Int(cell.column) + 1, value: value(cell, in: row)))
                }
                return true
            }
        }
        return cells
    }

    /// Texts only, as `row:column=text`, for short tests.
    func listing() throws -> [String] {
        try cells().map { cell in
            if case .text(let text) = cell.value { return "\(cell.row):\(cell.column)=\(String(decoding: text, as: UTF8.self))" }
            return cell.description
        }
    }

    private func value(_ cell: Cell, in row: Row) -> ExpectedCell.Value {
        switch cell.kind {
        case .number: .number(cell.number?.double ?? .nan)
        case .bool: .bool(cell.bool == true)
        case .date: .date(row.string(cell))
        case .text, .sharedText: .text(Array(row.string(cell).utf8))
        case .error: .error(row.string(cell))
        case .uncalculated: .uncalculated
        }
    }
}
