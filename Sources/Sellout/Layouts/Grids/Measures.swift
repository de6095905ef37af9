import Settings

/// The row under merged headers that repeats the same measures for each group: `Qty | Sum Eur | Qty | Sum Eur`.
struct Measures: Sendable {
    let headers: FieldHeaders
    let hasAmount: Bool

    init(_ node: SettingsNode) {
        headers = node.node("measures").map { FieldHeaders($0, allowed: [.quantity, .amount]) } ?? FieldHeaders()
        hasAmount = headers.has(.amount)
        if !node.has("measures") {
            node.fault("measures", "is missing; expected the headers of quantity and amount")
        } else if !headers.has(.quantity) {
            node.fault("measures.quantity", "is missing; expected its headers")
        }
    }

    var fields: [Field] { hasAmount ? [.quantity, .amount] : [.quantity] }

    /// What each column of the row measures.
    func columns(in folded: [String]) -> [(column: Int, field: Field)] {
        folded.enumerated().compactMap { column, text in
            guard !text.isEmpty else { return nil }
            for field in fields where headers.columns(in: [text])[field] != nil { return (column, field) }
            return nil
        }
    }

    func isMeasured(by folded: [String]) -> Bool {
        let found = columns(in: folded)
        return fields.allSatisfy { field in found.contains { $0.field == field } }
    }

    var title: String { fields.map { headers.title($0) }.joined(separator: ", ") }
}
