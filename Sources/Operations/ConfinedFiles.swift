import Cells
import Confinement
import Frames
import Glibc
import Linux
import Sellout

/// Looks into files through the confined reader: nothing a stranger wrote is parsed in this process.
package struct ConfinedFiles: FileViewing {
    private let reading: any Reader

    package init(_ reading: any Reader) { self.reading = reading }

    package func sheets(of path: String) throws -> [SheetSummary] {
        var sheets: [SheetSummary] = []
        try carryOut(.sheets, path) { frame in
            if case .sheet(let sheet) = frame { sheets.append(sheet) }
        }
        return sheets
    }

    package func rows(of path: String, _ body: (_ sheet: String, Row) throws -> Bool) throws {
        do {
            try carryOut(.cells, path) { frame in
                guard case .rows(let rows) = frame else { return }
                for line in rows.lines where try !body(rows.sheet, Row(line)) { throw Enough() }
            }
        } catch is Enough {}
    }

    private struct Enough: Error {}

    private func carryOut(_ purpose: Job.Purpose, _ path: String, _ take: (Frame) throws -> Void) throws {
        let file = try Descriptor(opening: path, flags: O_RDONLY | O_NONBLOCK)
        let job = Job(purpose: purpose, fileName: path.split(separator: "/").last.map(String.init) ?? path)
        if case .failure(let refusal) = try reading.read(job, file, take: take) { throw refusal }
    }
}

extension Row {
    init(_ line: RawRows.Line) {
        self.init()
        reset(number: line.number)
        for (column, value) in line.cells.sorted(by: { $0.key < $1.key }) {
            guard let place = Int32(exactly: column) else { continue }
            switch value {
            case .number(let number): cells.append(.number(number, column: place))
            case .bool(let value): cells.append(.bool(value, column: place))
            case .date(let date): cells.append(.date(date, column: place))
            case .text(let text): append(text: text.utf8, column: column)
            case .error(let text): append(text: text.utf8, column: column, isError: true)
            }
        }
    }
}
