/// A file on its way.
public struct RunningFile: Codable, Hashable, Sendable {
    public var batchId: String
    public var filename: String
    public var rowsSoFar: Int
    public var seconds: Double

    public init(batchId: String, filename: String, rowsSoFar: Int, seconds: Double) {
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
