/// A line of `selloutctl sales --csv`, as far as tests look at it.
struct Sale: Hashable, Sendable {
    let batch: String
    let row: Int
    let store: String
    let ean: String
    let quantity: Int
    let local: String

    init(_ columns: [String]) {
        batch = columns[0]
        row = Int(columns[2]) ?? -1
        store = columns[4]
        ean = columns[6]
        quantity = Int(columns[11]) ?? .min
        local = columns[13]
    }
}
