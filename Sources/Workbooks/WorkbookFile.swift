import CXlsxwriter
import Glibc
import Linux

/// A workbook on its way into a file: sheet by sheet and row by row, and what is written leaves memory. It owns libxlsxwriter's handle.
@safe package final class WorkbookFile {
    /// Nil once it is finished.
    private var handle: UnsafeMutablePointer<lxw_workbook>?
    private let bold: UnsafeMutablePointer<lxw_format>?
    private var sheet: UnsafeMutablePointer<lxw_worksheet>?
    /// All of them; the workbook's own.
    private var sheets: [UnsafeMutablePointer<lxw_worksheet>] = unsafe []
    private var columns = 0
    private var rows: UInt32 = 0

    /// "1,048,576 rows by 16,384 columns" (Excel specifications and limits)
    private static let mostRows: UInt32 = 1_048_576
    private static let mostColumns = 16_384

    /// Replaces what the file holds. The descriptor is borrowed.
    package init(descriptor: Int32) throws(WorkbookFault) {
        // The library opens files by their name alone.
        let path = "/proc/self/fd/\(descriptor)"
        let opened = unsafe path.withCString { path in
            var options = unsafe lxw_workbook_options()
            unsafe options.constant_memory = 1
            return unsafe workbook_new_opt(path, &options)
        }
        guard let opened = unsafe opened else { throw .surroundings("There was no memory left to write a workbook.") }
        unsafe handle = opened
        unsafe bold = workbook_add_format(opened)
        if let bold = unsafe bold { unsafe format_set_bold(bold) }
    }

    deinit {
        guard let handle = unsafe handle else { return }
        // Version 1.1.4 closes a sheet's temporary file where it is put into the workbook, and nowhere else.
        while let sheet = unsafe sheets.popLast() {
            guard let file = unsafe sheet.pointee.optimize_tmpfile else { continue }
            unsafe sheet.pointee.optimize_tmpfile = nil
            unsafe fclose(file)
        }
        unsafe lxw_workbook_free(handle)
    }

    /// The rows that follow go there. Its header is bold, stays in sight and can be filtered by.
    package func begin(sheet name: String, _ columns: [SheetColumn]) throws(WorkbookFault) {
        try endSheet()
        guard let handle = unsafe handle else { throw .refused("The workbook is finished.") }
        guard (1...Self.mostColumns).contains(columns.count) else { throw .refused("A sheet has 1 to \(Self.mostColumns) columns.") }
        // The library would think of a name itself.
        guard !name.isEmpty else { throw .refused("A sheet wants a name.") }
        if let fault = unsafe WorkbookFault(workbook_validate_sheet_name(handle, name), doing: "sheet \(name)") { throw fault }
        guard let made = unsafe workbook_add_worksheet(handle, name) else {
            throw .surroundings("The sheet \(name) could not be begun. Make room for temporary files.")
        }
        unsafe sheet = made
        unsafe sheets.append(made)
        self.columns = columns.count
        rows = 0
        for (place, column) in columns.enumerated() {
            let place = lxw_col_t(place)
            let code = unsafe worksheet_set_column(made, place, place, Double(min(max(column.width, 1), 255)), nil)
            if let fault = WorkbookFault(code, doing: "column \(column.title)") { throw fault }
        }
        try write(columns.map { .text($0.title) }, isHeader: true)
        unsafe worksheet_freeze_panes(made, 1, 0)
    }

    package func row(_ cells: [SheetCell]) throws(WorkbookFault) { try write(cells, isHeader: false) }

    /// The file is whole.
    package func finish() throws(WorkbookFault) {
        try endSheet()
        guard let finished = unsafe handle else { return }
        // It frees the handle whatever comes of it.
        unsafe handle = nil
        if let fault = unsafe WorkbookFault(workbook_close(finished), doing: "writing the workbook") { throw fault }
    }

    private func write(_ cells: [SheetCell], isHeader: Bool) throws(WorkbookFault) {
        guard let sheet = unsafe sheet else { throw .refused("A row came before its sheet.") }
        guard rows < Self.mostRows else { throw .refused("A sheet has \(Self.mostRows) rows at most.") }
        guard cells.count <= columns else { throw .refused("A row has more cells than its sheet has columns.") }
        let format = unsafe isHeader ? bold : nil
        for (place, cell) in cells.enumerated() {
            let place = lxw_col_t(place)
            let code: lxw_error
            switch cell.written {
            case .empty: continue
            case .text(let text): code = unsafe worksheet_write_string(sheet, rows, place, SheetText.fit(text), format)
            case .whole(let number): code = unsafe worksheet_write_number(sheet, rows, place, Double(number), format)
            case .number(let number): code = unsafe worksheet_write_number(sheet, rows, place, number.double, format)
            }
            if let fault = WorkbookFault(code, doing: "row \(rows + 1)") { throw fault }
        }
        rows += 1
    }

    private func endSheet() throws(WorkbookFault) {
        guard let ended = unsafe sheet else { return }
        unsafe sheet = nil
        let code = unsafe worksheet_autofilter(ended, 0, 0, max(rows, 1) - 1, lxw_col_t(columns - 1))
        if let fault = WorkbookFault(code, doing: "the filter") { throw fault }
    }
}

@available(*, unavailable)
extension WorkbookFile: Sendable {}

extension WorkbookFile {
    /// A whole workbook in memory, for what is small.
    package static func bytes(_ body: (WorkbookFile) throws(WorkbookFault) -> Void) throws(WorkbookFault) -> [UInt8] {
        do {
            let file = try Descriptor(unnamedIn: temporaryFolder)
            let workbook = try WorkbookFile(descriptor: file.number)
            try body(workbook)
            try workbook.finish()
            return try contents(of: file)
        } catch let fault as SystemFault {
            throw WorkbookFault(fault)
        } catch let fault as WorkbookFault {
            throw fault
        } catch { throw .surroundings("\(error)") }
    }

    /// Where the library has its own temporary files too.
    private static var temporaryFolder: String { unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp" }

    private static func contents(of file: Descriptor) throws(SystemFault) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = try file.read(into: &piece, at: Int64(bytes.count))
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
        }
    }
}
