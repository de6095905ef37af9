/// What the reader says of a file when it has read all of it, beside the rows.
package struct Findings: Hashable, Sendable {
    package var detection: Detection?
    package var skipped: [SkippedRows] = []
    package var controlTotals: [ControlTotal] = []
    package var warnings: [Warning] = []
    /// Nil where nothing was recognised.
    package var headers: FileHeaders?

    package init() {}

    package var rowsSkipped: Int { skipped.reduce(0) { $0 + $1.rows } }
}

/// Which profile a file fits, how surely, and by which signs.
package struct Detection: Hashable, Sendable {
    package enum Confidence: String, Sendable {
        case high, medium, low

        /// Five signs or more make it high, three or four medium.
        init(signs: Int) { self = signs >= 5 ? .high : signs >= 3 ? .medium : .low }
    }

    package let profile: String
    package let confidence: Confidence
    package let signs: [String]

    package init(profile: String, signs: [String]) {
        self.profile = profile
        self.signs = signs
        confidence = Confidence(signs: signs.count)
    }
}

/// A sum that the file itself states, beside the sum of what was extracted.
package struct ControlTotal: Hashable, Sendable {
    package struct Sums: Hashable, Sendable {
        package var quantity: Int64?
        /// In 1/10 000.
        package var amount: Int64?

        package init(quantity: Int64? = nil, amount: Int64? = nil) {
            self.quantity = quantity
            self.amount = amount
        }

        var isEmpty: Bool { quantity == nil && amount == nil }
    }

    /// What is summed: `file`, `store Flagship`, `row 17`.
    package let scope: String
    package let file: Sums
    package let extracted: Sums

    package init(scope: String, file: Sums, extracted: Sums) {
        self.scope = scope
        self.file = file
        self.extracted = extracted
    }

    /// A sum that only one of the two has is not compared.
    package var agrees: Bool {
        ControlTotal.agree(file.quantity, extracted.quantity) && ControlTotal.agree(file.amount, extracted.amount)
    }

    private static func agree(_ one: Int64?, _ other: Int64?) -> Bool { one == nil || other == nil || one == other }
}

extension ControlTotal.Sums {
    /// A sum that does not fit becomes the largest that does, so that it disagrees with any other.
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
    /// With these rows left out of what was extracted, if it agrees then.
    func without(_ skipped: SkippedRows) -> ControlTotal {
        func less(_ sum: Int64?, _ part: Int64) -> Int64? { sum.flatMap { Int64(exactly: Int128($0) - Int128(part)) } }
        let rest = ControlTotal.compare(
            scope, file: file,
            extracted: Sums(quantity: less(extracted.quantity, skipped.quantity), amount: less(extracted.amount, skipped.amount)))
        return rest.agrees ? rest : self
    }

    /// Amounts that differ by less than a cent agree: rounding each sale to 1/10 000 can add up to that.
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
