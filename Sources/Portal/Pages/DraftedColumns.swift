import Operations
import Sellout
import Texts
import Web

/// What an operator says of a workbook's columns, and the profile that follows from it.
struct DraftedColumns: Sendable {
    /// A column of the sheet under its header.
    struct Column {
        let place: Int
        let letter: String
        let header: String
        let values: [String]
    }

    /// What a column can hold, by the profile's word and by ours.
    static let fields: [(field: String, title: String)] = [
        ("ean", "EAN"), ("code", "product’s code"), ("name", "product’s name"), ("quantity", "pieces"), ("amount", "amount"),
        ("store", "store"),
        ("date", "date"), ("period", "month and year"), ("month", "month"), ("year", "year"), ("order_id", "order"), ("country", "country"),
        ("city", "city"),
    ]
    private static let mostColumns = 60
    private static let shownValues = 4

    var sheet = 0
    /// Its place among the first rows.
    var header = 0
    /// By the column's place.
    var fields: [Int: String] = [:]
    var reseller = "new_reseller"
    var vendor = "New reseller"
    var currency = "EUR"
    var numbers = "comma"
    var dates = "dmy"
    var store = ""
    var fileMonth = ""
    var fileName = ""

    /// `draft` is a first profile, told by words and values.
    init(_ glimpse: Glimpse, guess draft: String?) {
        fileName = glimpse.fileName.split { !$0.isLetter }.first { $0.count > 2 }.map { $0.lowercased() } ?? ""
        guard let draft, let read = ProfileReading(json5: Array(draft.utf8), file: "draft"), let layout = read.layouts.first else { return }
        (numbers, dates) = (read.numbers, read.dates)
        if let word = read.fileNames.first { fileName = word }
        let wanted = Set(layout.columns.flatMap(\.headers).map(Folded.text))
        for (number, one) in glimpse.sheets.enumerated() {
            for (place, row) in one.head.enumerated() where wanted.isSubset(of: row.map(Folded.text)) {
                (sheet, header) = (number, place)
                for (column, text) in row.enumerated() {
                    let field = layout.columns.first { $0.headers.contains { Folded.text($0) == Folded.text(text) } }
                    if let field { fields[column] = field.field }
                }
                return
            }
        }
    }

    /// On another sheet, or with another header row: nothing is known of its columns.
    func moved(in glimpse: Glimpse, by request: Request) -> DraftedColumns {
        var other = self
        other.sheet = request.asked("sheet").flatMap { Int($0) } ?? sheet
        other.header = request.asked("header").flatMap { Int($0) } ?? header
        if !glimpse.sheets.indices.contains(other.sheet) { other.sheet = 0 }
        if (other.sheet, other.header) != (sheet, header) { other.fields = [:] }
        return other
    }

    init(_ form: Form) {
        sheet = form["sheet"].flatMap { Int($0) } ?? 0
        header = form["header"].flatMap { Int($0) } ?? 0
        for place in 0..<DraftedColumns.mostColumns {
            if let field = form["is.\(place)"], DraftedColumns.fields.contains(where: { $0.field == field }) { fields[place] = field }
        }
        reseller = form["reseller"] ?? ""
        vendor = form["vendor"] ?? ""
        currency = form["currency"] ?? ""
        numbers = form["numbers"] == "point" ? "point" : "comma"
        dates = ["mdy", "ymd"].first { $0 == form["dates"] } ?? "dmy"
        store = form["store"] ?? ""
        fileMonth = form["file_month"] ?? ""
        fileName = form["file_name"] ?? ""
    }

    private func head(_ glimpse: Glimpse) -> [[String]] { glimpse.sheets.indices.contains(sheet) ? glimpse.sheets[sheet].head : [] }

    func named(_ glimpse: Glimpse) -> [Column] {
        let head = head(glimpse)
        guard head.indices.contains(header) else { return [] }
        let rows = head.dropFirst(header + 1)
        let width = min(DraftedColumns.mostColumns, head.dropFirst(header).map(\.count).max() ?? 0)
        return (0..<width).compactMap { place in
            func text(_ row: [String]) -> String { row.indices.contains(place) ? row[place] : "" }
            let values = rows.lazy.map(text).filter { !$0.isEmpty }.prefix(DraftedColumns.shownValues).map { String($0.prefix(40)) }
            let title = text(head[header])
            return title.isEmpty && values.isEmpty
                ? nil : Column(place: place, letter: DraftedColumns.letter(place), header: title, values: Array(values))
        }
    }

    /// As spreadsheet programs name it: `A`, `AB`.
    private static func letter(_ place: Int) -> String {
        var (text, rest) = ("", place)
        repeat {
            text = String(UnicodeScalar(UInt8(65 + rest % 26))) + text
            rest = rest / 26 - 1
        } while rest >= 0
        return text
    }

    /// As JSON, which every JSON5 reader reads.
    func profile(of glimpse: Glimpse) throws(Refused) -> String {
        let columns = named(glimpse)
        var headers: [(field: String, header: String)] = []
        for column in columns {
            guard let field = fields[column.place] else { continue }
            headers.append((field, column.header.isEmpty ? "column \(column.letter)" : column.header))
        }
        try check(Set(headers.map(\.field)))
        guard glimpse.sheets.indices.contains(self.sheet) else { throw Refused(.wrong, "Say which sheet is meant.") }
        let named = DraftedColumns.fields.map(\.field).compactMap { field -> JSONValue.Member? in
            let texts = headers.filter { $0.field == field }.map { JSONValue.text($0.header) }
            return texts.isEmpty ? nil : JSONValue.Member(field, texts.count == 1 ? texts[0] : .array(texts))
        }
        var layout: [JSONValue.Member] = [.init("kind", .text("table"))]
        let sheet = glimpse.sheets[self.sheet]
        if !glimpse.isPlainTable { layout.append(.init("sheets", .array([.text(sheet.name)]))) }
        layout.append(.init("columns", .object(named)))
        if !store.isEmpty { layout.append(.init("store", .text(store))) }
        if !fileMonth.isEmpty { layout.append(.init("period", ["file_name": .array([.text(fileMonth)])])) }
        let signs: JSONValue = .joined([
            fileName.isEmpty ? [:] : ["file_name": .array([.text(fileName)])],
            glimpse.isPlainTable ? [:] : ["sheets": .array([.text(sheet.name)])],
            ["headers": .array(columns.map(\.header).filter { !$0.isEmpty }.prefix(7).map(JSONValue.text))],
        ])
        let profile: JSONValue = [
            "reseller": .text(reseller), "vendor_name": .text(vendor), "currency": .text(currency), "numbers": .text(numbers),
            "dates": .text(dates),
            "approval": .text("manual"), "signs": signs, "layouts": .array([.object(layout)]),
        ]
        return String(decoding: JSONText.bytes(of: profile, .indented), as: UTF8.self) + "\n"
    }

    /// What no table of sales can be without.
    private func check(_ held: Set<String>) throws(Refused) {
        var missing: [String] = []
        if held.isDisjoint(with: ["ean", "code", "name"]) { missing.append("what names the product") }
        if !held.contains("quantity") { missing.append("the pieces") }
        if !held.contains("amount") { missing.append("the amount") }
        if held.isDisjoint(with: ["date", "period"]), !held.isSuperset(of: ["year", "month"]), fileMonth.isEmpty {
            missing.append("the date")
        }
        if !held.contains("store"), store.isEmpty { missing.append("the store") }
        guard missing.isEmpty else { throw Refused(.wrong, "Say which column holds \(missing.joined(separator: ", ")).") }
        guard !reseller.isEmpty, reseller.utf8.allSatisfy({ "abcdefghijklmnopqrstuvwxyz0123456789_-".utf8.contains($0) }) else {
            throw Refused(.wrong, "The folder’s name is of small letters, digits, _ and -.")
        }
        if vendor.isEmpty { throw Refused(.wrong, "Say what the reseller is called.") }
    }
}
