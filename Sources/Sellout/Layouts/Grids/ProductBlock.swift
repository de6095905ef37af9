/// One product's rows while they stream by: what its sizes said, until its total says the same in one row.
struct ProductBlock {
    struct Size {
        let row: Int
        /// Into the grid's stores.
        let store: Int
        let quantity: Int64
        let amount: Money?
    }

    let code: String
    let name: String?
    private(set) var sizes: [Size] = []
    /// What is wrong with its size rows; of no matter where the total can be read.
    private(set) var errors: [[RowError]] = []

    /// No product has more sizes; a block that goes on and on is none.
    static let mostSizes = 10_000

    init(code: String, name: String?) {
        self.code = code
        self.name = name
    }

    mutating func add(_ size: Size) throws(FileRefusal) {
        guard sizes.count < ProductBlock.mostSizes else {
            throw FileRefusal(.limitExceeded, "The product \"\(code)\" has more than \(ProductBlock.mostSizes) size rows.")
        }
        sizes.append(size)
    }

    mutating func add(_ wrong: [RowError]) { if errors.count < ProductBlock.mostSizes { errors.append(wrong) } }

    func sums(of store: Int) -> ControlTotal.Sums {
        var sums = ControlTotal.Sums(quantity: 0, amount: 0)
        for size in sizes where size.store == store { sums.add(size.quantity, size.amount) }
        return sums
    }

    /// Whether a text such as `000834429 | 98-NO COLOUR Total` is this block's total.
    func isTotal(_ text: String, word: String) -> Bool { Folded.text(text) == "\(Folded.text(code)) \(word)" }
}
