import Cells
import Frames
import Sellout

/// How operations look into a file: through the confined reader, which the program that starts us connects.
package protocol FileViewing: Sendable {
    func sheets(of path: String) throws -> [SheetSummary]

    /// Row by row, sheet after sheet, hidden ones too; `body` returns false to stop.
    func rows(of path: String, _ body: (_ sheet: String, Row) throws -> Bool) throws
}
