import Batches

/// A batch's second name, which programs use beside its id: `BULK-1761984000000-3f2a91c7`, from when it came and its first digits.
extension Batch {
    /// Made of what never changes, so that it need not be stored.
    package var bulkID: String { "BULK-\(max(0, receivedAt.milliseconds))-\(id.short)" }

    /// The first digits of the id that a second name means; nil where it is none. Whether its time fits, the batch's `bulkID` tells.
    package static func digits(ofBulkID text: String) -> String? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "BULK", parts[2].utf8.count == 8, !parts[1].isEmpty,
            parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            parts[2].utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        return String(parts[2])
    }
}
