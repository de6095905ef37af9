/// A sum the file itself states, beside the sum of what was extracted.
package struct ControlTotal: Hashable, Codable, Sendable {
    package struct Sums: Hashable, Codable, Sendable {
        package var quantity: Int64?
        /// In 1/10 000.
        package var amount: Int64?

        package init(quantity: Int64? = nil, amount: Int64? = nil) {
            self.quantity = quantity
            self.amount = amount
        }
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

    /// Only what both state is compared.
    package var agrees: Bool {
        ControlTotal.agree(file.quantity, extracted.quantity) && ControlTotal.agree(file.amount, extracted.amount)
    }

    private static func agree(_ one: Int64?, _ other: Int64?) -> Bool { one == nil || other == nil || one == other }
}
