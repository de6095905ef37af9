import Batches
import Texts

/// Whose file a report was on, and how the file was meant.
package struct ReportedOrigin: Hashable, Sendable {
    package let batch: BatchID
    package let reseller: String
    package let mode: UploadMode

    /// Nil for what is no report on a batch.
    package init?(json bytes: [UInt8]) {
        guard let json = try? JSONValue(reading: bytes), let batch = json["batch_id"]?.text.flatMap(BatchID.init),
            let reseller = json["reseller"]?.text, let mode = json["upload_mode"]?.text.flatMap(UploadMode.init(rawValue:))
        else { return nil }
        self.batch = batch
        self.reseller = reseller
        self.mode = mode
    }
}
