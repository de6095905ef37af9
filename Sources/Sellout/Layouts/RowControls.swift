/// Compares the file's own total per row with what was extracted of the row: one sum for all rows, and each row that differs.
struct RowControls {
    /// More are counted into the sum, but not listed.
    private static let mostListed = 50

    private let scope: String
    private var file = ControlTotal.Sums()
    private var extracted = ControlTotal.Sums()
    private var differing: [ControlTotal] = []

    init(scope: String) { self.scope = scope }

    mutating func add(row: Int, file stated: ControlTotal.Sums, extracted found: ControlTotal.Sums) {
        guard stated.quantity != nil || stated.amount != nil else { return }
        file.add(stated)
        extracted.add(
            ControlTotal.Sums(quantity: stated.quantity == nil ? nil : found.quantity, amount: stated.amount == nil ? nil : found.amount))
        let total = ControlTotal.compare("row \(row)", file: stated, extracted: found)
        if !total.agrees, differing.count < RowControls.mostListed { differing.append(total) }
    }

    func report(to harvest: Harvest) {
        guard file.quantity != nil || file.amount != nil else { return }
        harvest.control(.compare(scope, file: file, extracted: extracted))
        for total in differing { harvest.control(total) }
    }
}

extension ControlTotal.Sums {
    /// Sums that do not fit stay at the largest that does, and so disagree.
    mutating func add(_ other: ControlTotal.Sums) {
        quantity = Self.sum(quantity, other.quantity)
        amount = Self.sum(amount, other.amount)
    }

    mutating func add(_ quantity: Int64, _ amount: Money?) { add(Self(quantity: quantity, amount: amount?.units)) }

    private static func sum(_ one: Int64?, _ other: Int64?) -> Int64? {
        guard let other else { return one }
        let (sum, overflow) = (one ?? 0).addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}

extension ControlTotal {
    /// Amounts are kept in 1/10 000: differences of less than a cent are what the sum of such roundings comes to, and agree.
    static func compare(_ scope: String, file: Sums, extracted: Sums) -> ControlTotal {
        var found = extracted
        if file.quantity != nil, found.quantity == nil { found.quantity = 0 }
        if file.amount != nil, found.amount == nil { found.amount = 0 }
        if let stated = file.amount, let sum = found.amount {
            let (difference, overflow) = stated.subtractingReportingOverflow(sum)
            if !overflow, difference.magnitude < 100 { found.amount = stated }
        }
        return ControlTotal(scope: scope, file: file, extracted: found)
    }
}
