import Foundation

/// What became of a file.
package struct BatchAnswer: Codable, Hashable, Sendable {
    package var batchId: String
    package var filename: String
    package var reseller: String
    package var status: String
    package var message: String
    package var at: Date

    package init(batchId: String, filename: String, reseller: String, status: String, message: String, at: Date) {
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
