/// What became of the rows of a file: `total` counts the sales found in it, `total = processed + failed + unchanged`.
public struct RowCounts: Hashable, Codable, Sendable {
    public var processed = 0
    public var failed = 0
    public var unchanged = 0
    /// Among the processed.
    public var restated = 0
    /// Rows of the sheet that are no sale.
    public var skipped = 0

    public var total: Int { processed + failed + unchanged }

    public init(processed: Int = 0, failed: Int = 0, unchanged: Int = 0, restated: Int = 0, skipped: Int = 0) {
        self.processed = processed
        self.failed = failed
        self.unchanged = unchanged
        self.restated = restated
        self.skipped = skipped
    }
}
