/// A file on its way.
package struct RunningFile: Codable, Hashable, Sendable {
    package var batchId: String
    package var filename: String
    package var rowsSoFar: Int
    package var seconds: Double

    package init(batchId: String, filename: String, rowsSoFar: Int, seconds: Double) {
        self.batchId = batchId
        self.filename = filename
        self.rowsSoFar = rowsSoFar
        self.seconds = seconds
    }

    enum CodingKeys: String, CodingKey {
        case filename, seconds
        case batchId = "batch_id"
        case rowsSoFar = "rows_so_far"
    }
}
