import Cells
import Glibc
import Spreadsheets

// What libFuzzer calls with each input it makes up: the first byte chooses where the rest goes. Any trap, hang or growth is a finding.

/// One file in memory, written anew for each input.
private let descriptor: Int32 = {
    var template = Array("/dev/shm/sellout-fuzz-XXXXXX".utf8CString)
    let opened = unsafe mkstemp(&template)
    unsafe unlink(template)
    return opened
}()

private let limits: Limits = {
    var limits = Limits()
    limits.unpackedBytes = 32 << 20
    limits.unpackedBytesPerEntry = 16 << 20
    limits.sharedTextBytes = 4 << 20
    return limits
}()

private func file(_ bytes: [UInt8]) -> [UInt8] {
    let rest = Array(bytes.dropFirst())
    let sheet = Array("<worksheet><sheetData><row><c t='s'><v>0</v></c><c s='1'><v>1</v></c></row></sheetData></worksheet>".utf8)
    return switch bytes.first {
    case UInt8(ascii: "1"): StoredZip.workbook(sheet: rest)
    case UInt8(ascii: "2"): StoredZip.workbook(sheet: sheet, shared: rest)
    case UInt8(ascii: "3"): StoredZip.workbook(sheet: sheet, styles: rest)
    case UInt8(ascii: "4"): StoredZip.workbook(sheet: sheet, workbook: rest)
    default: rest
    }
}

/// Every cell must be where the row says it is.
private func visit(_ row: Row) -> Int {
    var sum = row.number
    let isUncalculated = row.cells.contains { $0.kind == .uncalculated }
    precondition(row.hasUncalculated || !isUncalculated, "a row does not say that it holds a formula without a result")
    for cell in row.cells {
        sum &+= Int(cell.column)
        row.withText(of: cell) { if $0.count > 0 { sum &+= Int($0[0]) &+ Int($0[$0.count - 1]) } }
        if cell.kind == .number { sum &+= Int(cell.number?.units(places: 4) ?? 0) }
        if cell.kind == .date { sum &+= row.string(cell).utf8.count }
    }
    return sum
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSpreadsheets(_ data: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let bytes = file(unsafe Array(UnsafeBufferPointer(start: data, count: count)))
    ftruncate(descriptor, 0)
    guard unsafe pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else { return 0 }
    var sum = 0
    do {
        let book = try Workbook(descriptor: descriptor, name: "fuzz.xls", limits: limits)
        for sheet in book.sheets.indices.prefix(3) {
            sum &+= (try? book.mergedCells(sheet: sheet).count) ?? 0
            try? book.read(sheet: sheet) { row in
                sum &+= visit(row)
                return true
            }
        }
        precondition(book.notes.count <= 3, "a note is there twice")
    } catch {
        guard error is SpreadsheetFault else { preconditionFailure("a fault of another kind: \(error)") }
    }
    return sum == .min ? -1 : 0
}
