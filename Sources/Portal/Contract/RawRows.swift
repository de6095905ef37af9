import Texts

/// The cells of failed rows as the file has them, read again from the original by the daemon.
struct RawRows {
    private struct Place: Hashable {
        let sheet: String
        let row: Int64
    }

    private let rows: [Place: JSONValue]

    /// `answer` is what the daemon says; nil where it cannot be asked.
    init(_ answer: JSONValue?) {
        var rows: [Place: JSONValue] = [:]
        for row in answer?["rows"]?.items ?? [] {
            guard let sheet = row["sheet"]?.text, let number = row["row"]?.whole else { continue }
            rows[Place(sheet: sheet, row: number)] = row
        }
        self.rows = rows
    }

    /// The row's cells by column name, decision 12, null where a cell is empty; where the row cannot be read again, the one value that the
    /// ledger knows.
    func data(of shown: ShownRowError) -> JSONValue {
        let error = shown.error
        guard let row = rows[Place(sheet: error.sheet, row: Int64(error.row))] else {
            guard let field = error.field else { return [:] }
            return .object([JSONValue.Member(Self.name(of: field, besideEAN: false) ?? field, .optional(error.value))])
        }
        let columns = Set(["cells", "headers", "fields"].flatMap { row[$0]?.names ?? [] }).sorted {
            ($0.utf8.count, $0) < ($1.utf8.count, $1)
        }
        let hasEAN = columns.contains { row["fields"]?[$0]?.text == "ean" }
        var members: [JSONValue.Member] = []
        for column in columns {
            let field = row["fields"]?[column]?.text ?? (column == error.column ? error.field : nil)
            let header = row["headers"]?[column]?.text.flatMap { $0.isEmpty ? nil : $0 }
            let name = field.flatMap { Self.name(of: $0, besideEAN: hasEAN) } ?? header ?? column
            guard !members.contains(where: { $0.name == name }) else { continue }
            members.append(JSONValue.Member(name, row["cells"]?[column]?.asText ?? .null))
        }
        return .object(members)
    }

    /// A product's code beside its EAN is its name; alone it is what the product is known by.
    private static func name(of field: String, besideEAN: Bool) -> String? {
        switch field {
        case "code" where besideEAN: "functional_name"
        case "ean", "code", "product": "product_ean"
        case "name", "product_name": "functional_name"
        case "amount", "price": "sales_eur"
        case "quantity": "quantity"
        default: nil
        }
    }
}

extension JSONValue {
    fileprivate var names: [String] { if case .object(let members) = self { members.map(\.name) } else { [] } }

    /// As it stands in the cell: the contract knows texts alone.
    fileprivate var asText: JSONValue {
        switch self {
        case .null, .text: self
        case .number(let number): .text(String(number))
        case .decimal(let number): .text(number.description)
        case .bool(let flag): .text(flag ? "TRUE" : "FALSE")
        case .array, .object: .null
        }
    }
}
