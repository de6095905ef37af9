/// What became of the rows of a file: `total` counts the sales found in it, `total = processed + failed + unchanged`.
package struct RowCounts: Hashable, Codable, Sendable {
    package var processed = 0
    package var failed = 0
    package var unchanged = 0
    /// Among the processed.
    package var restated = 0
    /// Rows of the sheet that are no sale.
    package var skipped = 0

    package var total: Int { processed + failed + unchanged }

    package init(processed: Int = 0, failed: Int = 0, unchanged: Int = 0, restated: Int = 0, skipped: Int = 0) {
        self.processed = processed
        self.failed = failed
        self.unchanged = unchanged
        self.restated = restated
        self.skipped = skipped
    }
}
