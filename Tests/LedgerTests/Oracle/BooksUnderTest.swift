/// How a file was meant: the folder of the inbox in which it lay.
enum Mode: String, CaseIterable {
    case append, replace, replaceAll
}

struct FileRow: Hashable {
    var store: Int
    var code: Int
    /// Days since 2025-01-01.
    var day: Int
    var quantity: Int64
    /// In 1/10 000 of the reseller's unit. Nil: the list price counts.
    var amount: Int64?
    var order: Int?
}

/// Two files have the same content where rows and malformed are the same.
struct DroppedFile: Hashable {
    var reseller: Int
    var mode: Mode
    var rows: [FileRow]
    /// Rows that nobody can read, beside the others.
    var malformed: Int
}

/// What happens to the books. Batches are numbered 0, 1, 2 in the order of their drops.
enum Step: Hashable {
    /// Where it dies, the process ends halfway through reading and recovers. The outcome is the same.
    case drop(DroppedFile, dies: Bool)
    case approve(Int), cancel(Int), retry(Int), delete(Int), undo(Int, cascade: Bool)
    case map(reseller: Int, code: Int, ean: Int)
    case merge(reseller: Int, store: Int, into: Int)
    case price(ean: Int, day: Int, price: Int64)
    /// So much GBP for one EUR, in 1/10 000.
    case rate(day: Int, perEuro: Int64)
    case rebook, restart
}

struct BookedSale: Hashable, Comparable {
    var batch: Int
    /// The store that it is booked under: "Store 3" is 3.
    var store: Int
    var ean: Int
    var day: Int
    var order: Int?
    var quantity: Int64
    var local: Int64
    var euros: Int64

    static func < (one: BookedSale, other: BookedSale) -> Bool { one.figures.lexicographicallyPrecedes(other.figures) }

    private var figures: [Int64] {
        [Int64(batch), Int64(store), Int64(ean), Int64(day), Int64(order ?? -1), quantity, local, euros]
    }
}

/// Books that carry out steps: the model, or the ledger behind an adapter.
protocol BooksUnderTest: AnyObject {
    /// False: refused.
    func carryOut(_ step: Step) throws -> Bool
    /// The current sales, in any order.
    func sales() throws -> [BookedSale]
    /// The stored names by batch: completed, partial_success, staging_complete, failed, cancelled. Deleted batches are missing.
    func states() throws -> [Int: String]
}
