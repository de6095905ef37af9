import Cells

/// What a replacing file takes away, and what it brings in its place: told before it acts, and kept when it has.
package struct Replacement: Hashable, Sendable {
    /// One month of one store.
    package struct Part: Hashable, Sendable {
        package let month: Month
        package let store: String
        package let old: Restatement.Figures
        package let new: Restatement.Figures

        package init(month: Month, store: String, old: Restatement.Figures, new: Restatement.Figures) {
            self.month = month
            self.store = store
            self.old = old
            self.new = new
        }
    }

    /// How many current sales go, and how many come.
    package var went: Int
    package var came: Int
    /// By month and store.
    package let parts: [Part]
    /// Whether it has happened.
    package var isTaken: Bool

    package init(went: Int, came: Int, parts: [Part] = [], isTaken: Bool = false) {
        self.went = went
        self.came = came
        self.parts = parts
        self.isTaken = isTaken
    }

    /// Nil where a sum fits in no ledger.
    package init?(parts: [Part]) {
        guard let old = Restatement.Figures.sum(parts.map(\.old)), let new = Restatement.Figures.sum(parts.map(\.new)) else { return nil }
        self.init(went: old.sales, came: new.sales, parts: parts)
    }

    /// What it would take away, by month and store: an operator who has approved has seen that.
    package func takesTheSame(as other: Replacement?) -> Bool {
        other?.parts.filter { $0.old.sales > 0 }.map(Taken.init) == parts.filter { $0.old.sales > 0 }.map(Taken.init)
    }

    private struct Taken: Equatable {
        let month: Month
        let store: String
        let old: Restatement.Figures

        init(_ part: Part) { (month, store, old) = (part.month, part.store, part.old) }
    }

    /// What an operator should look at before so much is taken away; a sentence each.
    package var doubts: [String] {
        guard went > 0 else { return [] }
        var months: [Month: [Part]] = [:]
        for part in parts { months[part.month, default: []].append(part) }
        var found: [String] = []
        for (month, parts) in months.sorted(by: { $0.key < $1.key }) {
            guard let old = Restatement.Figures.sum(parts.map(\.old)), old.sales > 0, let new = Restatement.Figures.sum(parts.map(\.new))
            else { continue }
            if new.sales == 0 {
                found.append("It names nothing in \(month), of which \(old.words) would be taken away.")
            } else if new.isLess(than: old) {
                found.append("In \(month) it would take away \(old.words) and bring \(new.words).")
            } else {
                let missing = parts.filter { $0.old.sales > 0 && $0.new.sales == 0 }.map(\.store)
                if let first = missing.first {
                    let others = missing.count > 1 ? " and \(missing.count - 1) more" : ""
                    found.append("In \(month) it has no sale of \(first)\(others).")
                }
            }
        }
        return found
    }
}

extension Restatement.Figures {
    package static let none = Restatement.Figures(sales: 0, quantity: 0, amount: .zero)

    /// In number, pieces or money.
    func isLess(than other: Restatement.Figures) -> Bool {
        sales < other.sales || quantity < other.quantity || amount < other.amount
    }

    /// Nil where a sum does not fit.
    package static func sum(_ all: [Restatement.Figures]) -> Restatement.Figures? {
        var sum = Restatement.Figures.none
        for one in all {
            let (quantity, overflow) = sum.quantity.addingReportingOverflow(one.quantity)
            guard !overflow, let amount = sum.amount.adding(one.amount) else { return nil }
            sum = Restatement.Figures(sales: sum.sales + one.sales, quantity: quantity, amount: amount)
        }
        return sum
    }

    var words: String { "\(sales) \(sales == 1 ? "sale" : "sales") (\(quantity) pieces, \(amount))" }
}
