/// What a workbook may ask of the reader. Every figure can be configured; the defaults leave room for any honest reseller's file
/// and none for a bomb.
public struct Limits: Hashable, Sendable, Codable {
    /// Bytes of all the parts that are read, unpacked.
    public var unpackedBytes = 4 << 30
    /// Bytes of one part, unpacked.
    public var unpackedBytesPerEntry = 3 << 30
    /// Unpacked bytes for each packed one, counted from the first 10 MiB on: sheets of one repeated row pack very well and are small.
    public var packingRatio = 200
    /// Files in the container.
    public var entries = 10_000
    public var sheets = 1000
    /// The highest row number.
    public var rows = 1_048_576
    /// The highest column number.
    public var columns = 16_384
    /// Merged ranges of one sheet.
    public var mergedCells = 100_000
    /// UTF-8 bytes of one cell's text.
    public var textBytes = 131_072
    /// Bytes of one row as the file holds it.
    public var rowBytes = 8 << 20
    public var sharedTexts = 4_000_000
    /// UTF-8 bytes of all shared texts together.
    public var sharedTextBytes = 32 << 20
    /// Elements within elements in one XML part.
    public var xmlDepth = 64
    /// Bytes of an XML part that is held in memory: the workbook, its styles and its relationships.
    public var descriptionBytes = 16 << 20

    public init() {}
}
