import Cells

/// One product's rows while they stream by: what its sizes say, until its total says the same in one row.
struct ProductBlock {
    struct Size {
        let row: Int
        let figure: GridChecks.Figure
    }

    /// A size row that could not be read.
    struct Wrong {
        let errors: [RowError]
        let row: MalformedRow?
    }

    let code: String
    let name: String?
    private(set) var sizes: [Size] = []
    /// What is wrong with its size rows. It does not matter if the total can be read.
    private(set) var wrong: [Wrong] = []

    /// No product has more sizes: whatever goes on longer is no block.
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

    mutating func add(_ wrong: Wrong) { if self.wrong.count < ProductBlock.mostSizes { self.wrong.append(wrong) } }

    var naming: ProductNaming { ProductNaming(code: code, name: name) }

    var sums: ControlTotal.Sums {
        var sums = ControlTotal.Sums(quantity: 0, amount: 0)
        for size in sizes { sums.add(size.figure.quantity, size.figure.amount) }
        return sums
    }

    /// For each store, whether its sizes come to other figures than these.
    func differing(from figures: [GridChecks.Figure], stores: Int) -> [Bool] {
        func sums(_ figures: some Sequence<GridChecks.Figure>) -> [ControlTotal.Sums] {
            var sums = [ControlTotal.Sums](repeating: ControlTotal.Sums(quantity: 0, amount: 0), count: stores)
            for figure in figures { sums[figure.place].add(figure.quantity, figure.amount) }
            return sums
        }
        return zip(sums(sizes.lazy.map(\.figure)), sums(figures)).map { $0 != $1 }
    }

    /// The last row's figures, if they are the sums of the rows before it in every store.
    func totalByFigures(stores: Int) -> [Size]? {
        guard wrong.isEmpty, let last = sizes.last?.row else { return nil }
        let total = sizes.filter { $0.row == last }
        var others = self
        others.sizes.removeAll { $0.row == last }
        guard !others.sizes.isEmpty, !others.differing(from: total.map(\.figure), stores: stores).contains(true) else { return nil }
        return total
    }

    /// Whether a text such as `000834429 | 98-NO COLOUR Total` is this block's total.
    func isTotal(_ text: String, word: String) -> Bool { Folded.text(text) == "\(Folded.text(code)) \(word)" }
}
