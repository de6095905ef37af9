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

    /// Only what the file states is compared.
    public var agrees: Bool {
        (file.quantity == nil || file.quantity == extracted.quantity) && (file.amount == nil || file.amount == extracted.amount)
    }
}
