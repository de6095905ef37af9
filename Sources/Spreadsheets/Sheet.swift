/// A sheet of cells; chart sheets and macro sheets are not listed.
package struct Sheet: Hashable, Sendable {
    /// As NFC.
    package let name: String
    package let isHidden: Bool
    /// Among all the workbook's tabs, from 0.
    package let position: Int

    package init(name: String, isHidden: Bool, position: Int) {
        self.name = name
        self.isHidden = isHidden
        self.position = position
    }
}
