import Audience
import Testing

/// Reads a whole body, cut into pieces at these places.
func read(
    _ body: [UInt8], cutAt cuts: [Int] = [], most: Int = 50_000, form: BatchReader.Form = .request
) throws(BatchFault) -> ReceivedBatch {
    var reader = BatchReader(most: most, form: form)
    var start = 0
    for cut in cuts + [body.count] {
        let piece = Array(body[start..<cut])
        try reader.take(piece.span)
        start = cut
    }
    return try reader.finish()
}

func read(_ body: String, most: Int = 50_000, form: BatchReader.Form = .request) throws(BatchFault) -> ReceivedBatch {
    try read(Array(body.utf8), most: most, form: form)
}

/// What is wrong with it; empty where it is in order.
func fault(_ body: [UInt8], cutAt cuts: [Int] = [], most: Int = 50_000, form: BatchReader.Form = .request) -> String {
    do throws(BatchFault) {
        _ = try read(body, cutAt: cuts, most: most, form: form)
        return ""
    } catch { return error.description }
}

func fault(_ body: String, most: Int = 50_000, form: BatchReader.Form = .request) -> String {
    fault(Array(body.utf8), most: most, form: form)
}

/// The records of a batch, each as it is kept.
func lines(_ batch: ReceivedBatch) -> [String] {
    batch.blocks.flatMap { String(decoding: $0.lines, as: UTF8.self).split(separator: "\n").map(String.init) }
}
