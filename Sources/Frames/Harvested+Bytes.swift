import Cells
import Sellout

extension ByteWriter {
    mutating func put(_ harvested: Harvested) {
        put(all: harvested.sheets) { $0.put($1) }
        put(all: harvested.products) { writer, naming in
            writer.put(naming.ean) { $0.put($1.value) }
            writer.put(naming.code) { $0.put($1) }
            writer.put(naming.name) { $0.put($1) }
        }
        put(all: harvested.stores) { writer, naming in
            writer.put(naming.name)
            writer.put(naming.isOnline)
        }
        put(all: harvested.drafts) { $0.put($1) }
        put(all: harvested.errors) { $0.put($1) }
        put(UInt32(clamping: harvested.malformedRows))
    }

    private mutating func put(_ draft: Draft) {
        put(UInt8((draft.date.isMonthly ? 1 : 0) | (draft.amount != nil ? 2 : 0) | (draft.details != nil ? 4 : 0)))
        put(draft.sheet)
        put(draft.row)
        put(draft.product)
        put(draft.store)
        put(draft.date.day.number)
        put(draft.quantity)
        if let amount = draft.amount { put(amount.units) }
        if let details = draft.details { put(details) }
    }

    private mutating func put(_ details: SaleDetails) {
        put(details.orderID) { $0.put($1) }
        put(details.country) { $0.put($1) }
        put(details.city) { $0.put($1) }
        put(details.cost) { $0.put($1.units) }
        put(details.fee) { $0.put($1.units) }
        put(details.span) { $0.put($1) }
    }

    private mutating func put(_ error: RowError) {
        put(error.sheet)
        put(Int32(clamping: error.row))
        put(error.column) { $0.put($1) }
        put(error.type.rawValue)
        put(error.message)
        put(error.field) { $0.put($1) }
        put(error.value) { $0.put($1) }
        put(error.suggestion) { $0.put($1) }
    }
}

extension ByteReader {
    mutating func harvested() throws(FrameFault) -> Harvested {
        var harvested = Harvested()
        harvested.sheets = try list { reader throws(FrameFault) in try reader.text() }
        harvested.products = try list { reader throws(FrameFault) in try reader.productNaming() }
        harvested.stores = try list { reader throws(FrameFault) in StoreNaming(name: try reader.text(), isOnline: try reader.flag()) }
        harvested.drafts = try list { reader throws(FrameFault) in try reader.draft() }
        harvested.errors = try list { reader throws(FrameFault) in try reader.rowError() }
        harvested.malformedRows = Int(try integer(UInt32.self))
        guard harvested.malformedRows <= harvested.errors.count else { throw FrameFault("more rows are wrong than errors were named") }
        return harvested
    }

    private mutating func productNaming() throws(FrameFault) -> ProductNaming {
        let number = try optional { reader throws(FrameFault) in try reader.integer(Int64.self) }
        let ean = number.flatMap { EAN($0) }
        guard (ean == nil) == (number == nil) else { throw FrameFault("an EAN is none") }
        return ProductNaming(ean: ean, code: try optionalText(), name: try optionalText())
    }

    private mutating func draft() throws(FrameFault) -> Draft {
        let flags: UInt8 = try integer()
        guard flags < 8 else { throw FrameFault("a sale has flags that do not exist") }
        let (sheet, row, product, store) = (
            try integer(Int32.self), try integer(Int32.self), try integer(Int32.self), try integer(Int32.self)
        )
        let day = CivilDay(number: try integer())
        // The years 1900 to 2199: beyond them no file of ours is dated.
        guard day.number > -25_600, day.number < 84_100 else { throw FrameFault("a sale is dated outside of all calendars") }
        return Draft(
            sheet: sheet, row: row, product: product, store: store, date: SaleDate(day: day, isMonthly: flags & 1 != 0),
            quantity: try integer(),
            amount: flags & 2 != 0 ? Money(units: try integer()) : nil, details: flags & 4 != 0 ? try details() : nil)
    }

    private mutating func details() throws(FrameFault) -> SaleDetails {
        SaleDetails(
            orderID: try optionalText(), country: try optionalText(), city: try optionalText(), cost: try optionalMoney(),
            fee: try optionalMoney(), span: try optionalText())
    }

    private mutating func rowError() throws(FrameFault) -> RowError {
        RowError(
            sheet: try text(), row: Int(try integer(Int32.self)), column: try optionalText(), type: try choice(), message: try text(),
            field: try optionalText(), value: try optionalText(), suggestion: try optionalText())
    }

    mutating func optionalText() throws(FrameFault) -> String? { try optional { reader throws(FrameFault) in try reader.text() } }

    private mutating func optionalMoney() throws(FrameFault) -> Money? {
        try optional { reader throws(FrameFault) in Money(units: try reader.integer()) }
    }
}
