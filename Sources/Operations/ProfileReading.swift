import Frames
import Sellout
import Settings

/// What a profile reads, as a person is told: a picture of its text, which the reader itself takes at its word.
package struct ProfileReading: Sendable {
    /// One way in which the reseller lays out its sales.
    package struct Layout: Sendable {
        /// By the profile's own word: `table`, `period_grid`.
        package let kind: String
        /// Empty where any sheet may have it.
        package let sheets: [String]
        /// What each field is called in the header, the usual name first.
        package let columns: [(field: String, headers: [String])]
        /// Columns that are known and not taken, and why.
        package let notWanted: [(name: String, why: String)]
        /// Amounts are list price × pieces.
        package let takesListPrice: Bool
        package let totals: [String]
    }

    package let reseller: String
    package let vendorName: String
    package let file: String
    /// What its files are known by.
    package let fileNames: [String]
    package let sheets: [String]
    package let headers: [String]
    /// Sheets that hold no sales, and why.
    package let notSales: [(name: String, why: String)]
    package let numbers: String
    package let dates: String
    package let layouts: [Layout]
    /// The whole of it, with its comments.
    package let text: String

    package static let fields = [
        "ean", "code", "name", "quantity", "amount", "store", "date", "year", "month", "period", "order_id", "country", "city", "cost",
        "fee",
    ]

    /// Nil for a text that is no profile.
    package init?(json5: [UInt8], file: String) {
        guard
            let read = try? SettingsNode.read(
                json5, file: file, { ProfileReading($0, file: file, text: String(decoding: json5, as: UTF8.self)) })
        else { return nil }
        self = read
    }

    package init?(_ source: ProfileSource) { self.init(json5: source.json5, file: source.file) }

    private init(_ node: SettingsNode, file: String, text: String) {
        self.file = file
        self.text = text
        reseller = node.text("reseller") ?? ""
        vendorName = node.text("vendor_name") ?? ""
        numbers = node.text("numbers") ?? "point"
        dates = node.text("dates") ?? "dmy"
        let signs = node.node("signs")
        fileNames = signs?.texts("file_name") ?? []
        sheets = signs?.texts("sheets") ?? []
        headers = signs?.texts("headers") ?? []
        notSales = ProfileReading.pairs(node, "not_sales")
        layouts = node.nodes("layouts").map { layout in
            let columns = [layout.node("columns"), layout.node("measures")].compactMap { $0 }
            return Layout(
                kind: layout.text("kind") ?? "table", sheets: layout.texts("sheets"),
                columns: ProfileReading.fields.compactMap { field in
                    let headers = columns.flatMap { $0.has(field) ? $0.texts(field) : [] }
                    return headers.isEmpty ? nil : (field, headers)
                }, notWanted: ProfileReading.pairs(layout, "not_wanted"), takesListPrice: layout.text("amount") == "list_price",
                totals: layout.texts("totals"))
        }
    }

    private static func pairs(_ node: SettingsNode, _ key: String) -> [(name: String, why: String)] {
        node.has(key) ? node.pairs(key).map { ($0.name, $0.text) } : []
    }
}

extension ProfileFolder {
    /// What each profile that serves reads.
    package var readings: [ProfileReading] { sources.compactMap { ProfileReading($0) } }
}
