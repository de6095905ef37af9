import Batches
import Ledger
import Operations
import Sellout

/// A failed row, corrected or dismissed where it stands.
struct RowForm {
    private let error: RowError
    private let batch: Batch
    private let desk: PageDesk

    init(_ error: RowError, of batch: Batch, _ desk: PageDesk) {
        self.error = error
        self.batch = batch
        self.desk = desk
    }

    var html: HTML? {
        guard batch.state.may(become: .approved) else { return nil }
        let part =
            error.field.flatMap { SalePart(named: $0) }
            ?? (error.type == .storeNotFound ? .store : error.type == .productNotMapped ? .product : nil)
        let row = Figures.count(error.row)
        let correcting: HTML? = part.map { part in
            """
            <div><label>\(Words.field(part.rawValue).capitalizedFirst)<br><input name="set.\(part.rawValue)" maxlength="200" value="\(error.value)"></label></div>
            """
        }
        let button: HTML? = part == nil ? nil : "<div><button name=\"do\" value=\"correct\">Correct row \(row)</button></div>"
        return """
            <details class="mend"><summary>Mend here</summary>
            <form method="post" action="\(Link("batches", batch.id.text, "rows"))">\(desk.token)\(RowForm.place(error))
            <div class="fields">\(correcting)<div><label>Why<br><input name="reason" maxlength="500"></label></div>\(button)\
            <div><button class="danger" name="do" value="dismiss">Dismiss row \(row): no sale</button></div></div></form></details>
            """
    }

    /// Hidden fields that say which sale of the row is meant. What can be read whole is told by its names, what cannot by its column.
    private static func place(_ error: RowError) -> HTML {
        func hidden(_ name: String, _ value: String?) -> HTML? {
            value.map { "<input type=\"hidden\" name=\"\(name)\" value=\"\($0)\">" }
        }
        let column: String?
        switch error.type {
        case .productNotMapped, .storeNotFound, .duplicateTransaction: column = nil
        default: column = error.column
        }
        return """
            \(hidden("sheet", error.sheet))\(hidden("row", "\(error.row)"))\(hidden("column", column))\
            \(hidden("product", error.type == .productNotMapped ? error.value : nil))\
            \(hidden("store", error.type == .storeNotFound ? error.value : nil))
            """
    }
}

extension RowPlace {
    init(_ form: Form) throws(Refused) {
        guard let row = form["row"].flatMap({ Int($0) }), row > 0, row <= Int(Int32.max) else {
            throw Refused(.wrong, "Say which row is meant.")
        }
        self.init(sheet: form["sheet"], row: row, column: form["column"], store: form["store"], product: form["product"])
    }
}
