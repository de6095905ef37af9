/// The first look at a file: its name, its sheets, the first rows of each. Enough to tell whose it is and which layout fits.
public struct Glimpse: Sendable {
    public struct Sheet: Sendable {
        public let name: String
        public let isHidden: Bool
        /// The first rows as text, empty cells as empty texts.
        public let head: [[String]]

        public init(name: String, isHidden: Bool, head: [[String]]) {
            self.name = name
            self.isHidden = isHidden
            self.head = head
        }
    }

    /// So many rows are looked at for headers.
    public static let rows = 40

    public let fileName: String
    /// A plain table of text has no sheet name of its own: a layout that asks for one takes it as it is.
    public let isPlainTable: Bool
    public let sheets: [Sheet]

    public init(fileName: String, isPlainTable: Bool, sheets: [Sheet]) {
        self.fileName = fileName
        self.isPlainTable = isPlainTable
        self.sheets = sheets
    }
}
