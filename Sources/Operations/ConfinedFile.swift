import Cells
import Confinement
import Frames
import Glibc
import Linux
import Sellout

/// A look into a file through the confined reader: nothing a stranger wrote is parsed in this process. The file is open already,
/// since a stranger's name is no path.
package struct ConfinedFile: FileViewing {
    package let name: String
    private let content: Descriptor
    private let reader: any Reader

    package init(_ content: Descriptor, named name: String, through reader: any Reader) {
        self.name = name
        self.content = content
        self.reader = reader
    }

    /// A file that an operator names.
    package init(path: String, through reader: any Reader) throws(SystemFault) {
        let content = try Descriptor(opening: path, flags: O_RDONLY | O_NONBLOCK)
        self.init(content, named: path.split(separator: "/").last.map(String.init) ?? path, through: reader)
    }

    package func outlines() throws -> [SheetSummary] {
        var sheets: [SheetSummary] = []
        try carryOut(.sheets) { frame in
            if case .sheet(let sheet) = frame { sheets.append(sheet) }
        }
        return sheets
    }

    package func rows(_ body: (_ sheet: String, Row) throws -> Bool) throws {
        do {
            try carryOut(.cells) { frame in
                guard case .rows(let rows) = frame else { return }
                for line in rows.lines where try !body(rows.sheet, Row(line)) { throw Enough() }
            }
        } catch is Enough {}
    }

    private struct Enough: Error {}

    private func carryOut(_ purpose: Job.Purpose, _ take: (Frame) throws -> Void) throws {
        if case .failure(let refusal) = try reader.read(Job(purpose: purpose, fileName: name), content, take: take) { throw refusal }
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
