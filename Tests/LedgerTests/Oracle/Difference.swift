/// Where books first say something else than the model.
struct Difference: CustomStringConvertible {
    /// The place of the step after which they differed.
    let place: Int
    let description: String

    /// Carries out the steps on fresh books beside the model, and compares after each.
    static func first(over steps: [Step], makeBooks: () throws -> any BooksUnderTest) -> Difference? {
        var model = BooksModel()
        var place = 0
        do {
            let books = try makeBooks()
            while place < steps.count {
                let isTaken = try books.carryOut(steps[place])
                let shouldBeTaken = model.carryOut(steps[place])
                var words: [String] = []
                if isTaken != shouldBeTaken {
                    words.append(shouldBeTaken ? "is refused, and must not be" : "is taken, and must be refused")
                }
                words += differences(of: try books.states(), from: model.states)
                words += differences(of: try books.sales(), from: model.sales)
                if !words.isEmpty { return Difference(place: place, steps, words) }
                place += 1
            }
            return nil
        } catch {
            return Difference(place: place, steps, ["throws \(error)"])
        }
    }

    private init(place: Int, _ steps: [Step], _ words: [String]) {
        self.place = place
        let step = place < steps.count ? steps[place].source : "the start"
        description = "Step \(place), \(step): " + words.joined(separator: "; ")
    }

    private static func differences(of states: [Int: String], from expected: [Int: String]) -> [String] {
        Set(states.keys).union(expected.keys).sorted().filter { states[$0] != expected[$0] }.map {
            "batch \($0) is \(states[$0] ?? "missing"), and must be \(expected[$0] ?? "missing")"
        }
    }

    private static func differences(of sales: [BookedSale], from expected: [BookedSale]) -> [String] {
        without(sales, expected).map { "too much: \($0.words)" } + without(expected, sales).map { "missing: \($0.words)" }
    }

    /// The same sale may be there more than once.
    private static func without(_ sales: [BookedSale], _ others: [BookedSale]) -> [BookedSale] {
        var left = sales.sorted()
        for other in others {
            if let place = left.firstIndex(of: other) { left.remove(at: place) }
        }
        return left
    }
}

extension BookedSale {
    fileprivate var words: String {
        "batch \(batch) store \(store) ean \(ean) day \(day) order \(order.map(String.init) ?? "none"), "
            + "\(quantity) for \(local) = \(euros) EUR"
    }
}

/// The model behind the face of books under test.
final class ModelledBooks: BooksUnderTest {
    private var model: BooksModel

    init(_ model: BooksModel = BooksModel()) { self.model = model }

    func carryOut(_ step: Step) -> Bool { model.carryOut(step) }
    func sales() -> [BookedSale] { model.sales }
    func states() -> [Int: String] { model.states }
}
