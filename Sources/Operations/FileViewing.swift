import Cells
import Frames
import Sellout

/// How operations look into one file: through the confined reader, which the program that starts us connects.
package protocol FileViewing: Sendable {
    var name: String { get }

    func outlines() throws -> [SheetSummary]

    /// Row by row, sheet after sheet, hidden ones too; `body` returns false to stop.
    func rows(_ body: (_ sheet: String, Row) throws -> Bool) throws
}
