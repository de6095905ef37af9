import Sellout

/// What mapping a reseller's code to a product has done.
package struct MappingOutcome: Hashable, Sendable {
    package let mapping: ProductMapping
    package let productName: String
    /// What the code stood for until now, where that was something else.
    package let previous: EAN?
    /// What waited for it, and is resolved again by the daemon.
    package let waitingRows: Int
    package let waitingBatches: Int

    package var sentence: String {
        var text = "\(mapping.reseller): \(mapping.code) is \(mapping.ean) \(productName)"
        if let previous { text += ", no longer \(previous)" }
        if waitingRows == 0 { return text + "; no row waits for it." }
        let rows = waitingRows == 1 ? "1 row" : "\(waitingRows) rows"
        let batches = waitingBatches == 1 ? "1 batch" : "\(waitingBatches) batches"
        return "\(text); \(rows) of \(batches) \(waitingRows == 1 ? "is" : "are") resolved again."
    }
}
