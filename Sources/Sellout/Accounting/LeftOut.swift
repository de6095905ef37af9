import Settings

/// What a profile leaves out on purpose, by name: columns that are no sale's field, sheets that are no sales. Each has its reason.
struct LeftOut: Sendable {
    private let named: [(pattern: NamePattern, reason: String)]

    static let nothing = LeftOut()

    private init() { named = [] }

    /// `{ "NetSalesValue": "with VAT; ExVatNetsales is taken" }`
    init(_ node: SettingsNode, _ key: String) {
        named = node.pairs(key).map { (NamePattern($0.name), $0.text) }
    }

    func names(folded name: String) -> Bool { named.contains { $0.pattern.matches(folded: name) } }
}
