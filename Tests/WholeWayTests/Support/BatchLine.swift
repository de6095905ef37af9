/// An entry of `selloutctl batches --json`, as far as tests look at it.
struct BatchLine: Decodable, Hashable, Sendable {
    let batch_id: String
    let filename: String
    let reseller: String
    let status: String
    let message: String
    let upload_mode: String
    let rows_total: Int
    let rows_processed: Int
    let rows_failed: Int
}
