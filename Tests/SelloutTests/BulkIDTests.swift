import Batches
import Sellout
import Testing

/// A batch's second name.
@Suite struct BulkIDTests {
    @Test func `it is made of when the batch came and of its first digits, and leads back to them`() throws {
        let id = try #require(BatchID("3f0c2a4e-9b7d-4c61-8a55-0d1e7f6b2c90"))
        let batch = Batch(
            id: id, reseller: "boxnox", filename: "a.csv", mode: .append, sizeBytes: 1, host: "here",
            receivedAt: Timestamp(milliseconds: 1_761_984_000_000))
        #expect(batch.bulkID == "BULK-1761984000000-3f0c2a4e")
        #expect(Batch.digits(ofBulkID: batch.bulkID) == "3f0c2a4e")
    }

    @Test(arguments: [
        "", "BULK", "BULK-", "BULK-1-", "BULK--3f0c2a4e", "bulk-1-3f0c2a4e", "BULK-1-3f0c2a4", "BULK-1-3f0c2a4e0", "BULK-1-3F0C2A4E",
        "BULK-1x-3f0c2a4e", "BULK-1-3f0c2a4e-", "BULK-1-q7m2kd00", "BULK-1-%0c2a4e*", " BULK-1-3f0c2a4e",
    ])
    func `what is malformed leads nowhere`(text: String) { #expect(Batch.digits(ofBulkID: text) == nil) }
}
