import Cells
import Sellout

/// How operations look into a file: through the confined reader, which the program that starts us connects.
public protocol FileReading: Sendable {
    func sheets(of path: String) throws -> [SheetOutline]

    /// Row by row, sheet after sheet, hidden ones too; `body` returns false to stop.
    func rows(of path: String, _ body: (_ sheet: String, Row) throws -> Bool) throws
}

/// One sheet of a workbook as `sheets` lists it.
public struct SheetOutline: Hashable, Sendable {
    public let name: String
    public let rows: Int
    public let columns: Int
    public let isHidden: Bool

    public init(name: String, rows: Int, columns: Int, isHidden: Bool) {
        self.name = name
        self.rows = rows
        self.columns = columns
        self.isHidden = isHidden
    }
}
