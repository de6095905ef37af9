import Foundation

/// What became of a file.
public struct BatchAnswer: Codable, Hashable, Sendable {
    public var batchId: String
    public var filename: String
    public var reseller: String
    public var status: String
    public var message: String
    public var at: Date

    public init(batchId: String, filename: String, reseller: String, status: String, message: String, at: Date) {
        self.batchId = batchId
        self.filename = filename
        self.reseller = reseller
        self.status = status
        self.message = message
        self.at = at
    }

    enum CodingKeys: String, CodingKey {
        case filename, reseller, status, message, at
        case batchId = "batch_id"
    }
}
