import Settings

/// What a column can hold. The names are the profile's keys, and a report's `field_name`.
enum Field: String, CaseIterable, Sendable {
    case ean, code, name
    case quantity, amount
    case store
    case date, year, month, period
    case orderID = "order_id"
    case country, city, cost, fee

    /// Each of these can name the product.
    static let naming: [Field] = [.ean, .code, .name]

    /// What two columns cannot say differently: money, pieces, and whose they are.
    static let comparable: [Field] = [.ean, .quantity, .amount, .store, .date, .year, .month, .period]

    /// Whether a sale can be dated with the fields that `holds` is true for.
    static func canDate(with holds: (Field) -> Bool) -> Bool { holds(.date) || holds(.period) || holds(.year) && holds(.month) }
}

/// The headers that each field goes by, the preferred one first. `column B` names a column by its place, for layouts that leave its
/// header empty.
struct FieldHeaders: Sendable {
    enum Name: Sendable {
        case header(String, folded: String)
        case column(Int)

        init(_ text: String) {
            let folded = Folded.text(text)
            if folded.hasPrefix("column "), let column = ColumnName.column(String(folded.dropFirst(7))) {
                self = .column(column)
            } else {
                self = .header(text, folded: folded)
            }
        }

        var text: String {
            switch self {
            case .header(let text, _): text
            case .column(let column): "column \(ColumnName.text(column))"
            }
        }
    }

    private(set) var names: [Field: [Name]] = [:]

    init() {}

    init(_ node: SettingsNode, allowed: [Field] = Field.allCases) {
        for field in allowed {
            let texts = node.texts(field.rawValue)
            if !texts.isEmpty { names[field] = texts.map { Name($0) } }
        }
        checkOwners(node)
        node.nothingElse()
    }

    private func checkOwners(_ node: SettingsNode) {
        var owners: [String: Field] = [:]
        for field in Field.allCases {
            for name in names[field] ?? [] {
                if let owner = owners.updateValue(field, forKey: Folded.text(name.text)), owner != field {
                    node.fault(field.rawValue, "\"\(name.text)\" is a header of \(owner.rawValue) as well")
                }
            }
        }
    }

    func has(_ field: Field) -> Bool { names[field] != nil }

    /// The field's headers, folded.
    func names(of field: Field) -> [String] {
        (names[field] ?? []).compactMap { if case .header(_, let text) = $0 { text } else { nil } }
    }

    /// The field's headers, for a sentence.
    func title(_ field: Field) -> String {
        (names[field]?.map(\.text) ?? [field.rawValue]).joined(separator: " / ")
    }

    /// The column of each field in a row of folded texts. Of two equal headers the left one wins.
    func columns(in folded: [String]) -> [Field: Int] {
        var found: [Field: Int] = [:]
        for (field, names) in names {
            for name in names {
                switch name {
                case .header(_, let text): found[field] = folded.firstIndex(of: text)
                case .column(let column): found[field] = column
                }
                if found[field] != nil { break }
            }
        }
        return found
    }

    /// Other columns that claim to be a field that has one already. They must say the same.
    func rivals(in folded: [String], of found: [Field: Int]) -> [(field: Field, column: Int)] {
        Field.comparable.flatMap { field -> [(field: Field, column: Int)] in
            guard let taken = found[field] else { return [] }
            let texts = Set((names[field] ?? []).compactMap { if case .header(_, let text) = $0 { text } else { nil } })
            return folded.indices.filter { $0 != taken && texts.contains(folded[$0]) }.map { (field, $0) }
        }
    }

    /// How many of the fields have their header in the row.
    func headersSeen(in folded: [String]) -> Int {
        names.values.count { names in
            names.contains { if case .header(_, let text) = $0 { folded.contains(text) } else { false } }
        }
    }
}
