/// A sum the file itself states, beside the sum of what was extracted.
public struct ControlTotal: Hashable, Codable, Sendable {
    public struct Sums: Hashable, Codable, Sendable {
        public var quantity: Int64?
        /// In 1/10 000.
        public var amount: Int64?

        public init(quantity: Int64? = nil, amount: Int64? = nil) {
            self.quantity = quantity
            self.amount = amount
        }
    }

    /// What is summed: `file`, `store Flagship`, `row 17`.
    public let scope: String
    public let file: Sums
    public let extracted: Sums

    public init(scope: String, file: Sums, extracted: Sums) {
        self.scope = scope
        self.file = file
        self.extracted = extracted
    }

    /// Only what both state is compared.
    public var agrees: Bool {
        ControlTotal.agree(file.quantity, extracted.quantity) && ControlTotal.agree(file.amount, extracted.amount)
    }

    private static func agree(_ one: Int64?, _ other: Int64?) -> Bool { one == nil || other == nil || one == other }
}
