import Foundation

/// A report as its reseller reads it: the fields that tests look at.
struct SentReport: Decodable, Sendable {
    struct Totals: Decodable, Sendable {
        let quantity: Int
        let sales_local: String
        let currency: String?
        let sales_eur: String
    }

    struct Entry: Decodable, Sendable {
        let row_number: Int?
        let error_type: String
        let error_message: String
        let suggestion: String?
    }

    let batch_id: String
    let filename: String
    let file_sha256: String?
    let reseller: String
    let upload_mode: String
    let status: String
    let message: String
    let rows_total: Int
    let rows_processed: Int
    let rows_failed: Int
    let rows_unchanged: Int
    let totals: Totals
    let errors: [Entry]
}
