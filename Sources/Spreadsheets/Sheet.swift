/// A sheet of cells; chart sheets and macro sheets are not listed.
public struct Sheet: Hashable, Sendable {
    /// As NFC.
    public let name: String
    public let isHidden: Bool
    /// Among all the workbook's tabs, from 0.
    public let position: Int

    public init(name: String, isHidden: Bool, position: Int) {
        self.name = name
        self.isHidden = isHidden
        self.position = position
    }
}
