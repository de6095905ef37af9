/// What a workbook may ask of the reader. The defaults leave room for any honest reseller's file and none for a bomb.
package struct Limits: Hashable, Sendable {
    /// Bytes of all the parts that are read, unpacked.
    package var unpackedBytes = 4 << 30
    /// Bytes of one part, unpacked.
    package var unpackedBytesPerEntry = 3 << 30
    /// Unpacked bytes for each packed one, in parts and containers above 10 MiB: a small sheet of one repeated row may pack better than any bomb.
    package var packingRatio = 200
    /// Files in the container.
    package var entries = 10_000
    package var sheets = 1000
    /// The highest row number of a sheet.
    package var rows = 1_048_576
    /// Records of a CSV, which no spreadsheet program bounds.
    package var textRows = 10_000_000
    /// The highest column number.
    package var columns = 16_384
    /// Merged ranges of one sheet.
    package var mergedCells = 100_000
    /// UTF-8 bytes of one cell's text.
    package var textBytes = 131_072
    /// Bytes of one row as the file holds it.
    package var rowBytes = 8 << 20
    package var sharedTexts = 4_000_000
    /// UTF-8 bytes of all shared texts together.
    package var sharedTextBytes = 32 << 20
    /// UTF-8 bytes of long shared texts over all the cells that show them: a text of 100 KiB takes 20 bytes to repeat.
    package var repeatedTextBytes = 512 << 20
    /// Elements within elements in one XML part.
    package var xmlDepth = 64
    /// Bytes of an XML part that is held in memory: the workbook, its styles and its relationships.
    package var descriptionBytes = 16 << 20
    /// Elements of such a part.
    package var descriptionElements = 1_500_000

    package init() {}

    /// `SharedTexts` keeps where texts end in 32 bits.
    var heldTextBytes: Int { min(sharedTextBytes, Int(Int32.max)) }
}
