import Settings

/// For each field the headers it goes by, the preferred one first. `column B` names a column by its place, for layouts that
/// leave its header empty.
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

    /// What the field goes by, for a sentence.
    func title(_ field: Field) -> String {
        (names[field]?.map(\.text) ?? [field.rawValue]).joined(separator: " / ")
    }

    /// The column of each field in a row of folded texts. The leftmost wins where a header stands twice.
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

    /// How many of the fields a row bears as headers, not by their place.
    func headersSeen(in folded: [String]) -> Int {
        names.values.count { names in
            names.contains { if case .header(_, let text) = $0 { folded.contains(text) } else { false } }
        }
    }
}
