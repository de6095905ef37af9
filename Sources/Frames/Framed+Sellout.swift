import Cells
import Sellout

extension Harvested: FramedRecord {
    init<Form: Fields<Harvested>>(_ field: Form) throws(Form.Fault) {
        self.init()
        sheets = try field(\.sheets)
        products = try field(\.products)
        stores = try field(\.stores)
        drafts = try field(\.drafts)
        errors = try field(\.errors)
        malformedRows = try field(\.malformedRows)
        try field.check(malformedRows <= errors.count, "more rows are wrong than errors were named")
        malformed = try field(\.malformed)
        try field.check(malformed.count <= malformedRows, "more was read of wrong rows than there are")
    }
}

extension MalformedRow: FramedRecord {
    init<Form: Fields<MalformedRow>>(_ field: Form) throws(Form.Fault) {
        try self.init(
            sheet: field(\.sheet), row: field(\.row), faults: field(\.faults), parts: field(\.parts), holdsMany: field(\.holdsMany))
    }
}

extension MalformedRow.Fault: FramedRecord {
    init<Form: Fields<MalformedRow.Fault>>(_ field: Form) throws(Form.Fault) {
        try self.init(column: field(\.column), field: field(\.field))
    }
}

extension SaleParts: FramedRecord {
    init<Form: Fields<SaleParts>>(_ field: Form) throws(Form.Fault) {
        try self.init(
            product: field(\.product), store: field(\.store), date: field(\.date), quantity: field(\.quantity), amount: field(\.amount),
            isPriced: field(\.isPriced), details: field(\.details))
    }
}

extension ProductNaming: FramedRecord {
    init<Form: Fields<ProductNaming>>(_ field: Form) throws(Form.Fault) {
        try self.init(
            ean: field(\.ean), code: field(\.code), name: field(\.name), isSkippedUnmapped: field(\.isSkippedUnmapped))
    }
}

extension StoreNaming: FramedRecord {
    init<Form: Fields<StoreNaming>>(_ field: Form) throws(Form.Fault) {
        try self.init(name: field(\.name), isOnline: field(\.isOnline))
    }
}

extension Draft: FramedRecord {
    @inline(__always) init<Form: Fields<Draft>>(_ field: Form) throws(Form.Fault) {
        try self.init(
            sheet: field(\.sheet), row: field(\.row), product: field(\.product), store: field(\.store), date: field(\.date),
            quantity: field(\.quantity), amount: field(\.amount), details: field(\.details))
    }
}

extension SaleDate: FramedRecord {
    @inline(__always) init<Form: Fields<SaleDate>>(_ field: Form) throws(Form.Fault) {
        try self.init(day: field(\.day), isMonthly: field(\.isMonthly))
    }
}

extension SaleDetails: FramedRecord {
    init<Form: Fields<SaleDetails>>(_ field: Form) throws(Form.Fault) {
        try self.init(
            orderID: field(\.orderID), country: field(\.country), city: field(\.city), cost: field(\.cost), fee: field(\.fee),
            span: field(\.span))
    }
}

extension RowError: FramedRecord {
    init<Form: Fields<RowError>>(_ field: Form) throws(Form.Fault) {
        try self.init(
            sheet: field(\.sheet), row: field(\.row), column: field(\.column), type: field(\.type), message: field(\.message),
            field: field(\.field), value: field(\.value), suggestion: field(\.suggestion))
    }
}

extension Findings: FramedRecord {
    init<Form: Fields<Findings>>(_ field: Form) throws(Form.Fault) {
        self.init()
        detection = try field(\.detection)
        skipped = try field(\.skipped)
        controlTotals = try field(\.controlTotals)
        warnings = try field(\.warnings)
        headers = try field(\.headers)
    }
}

extension FileHeaders: FramedRecord {
    init<Form: Fields<FileHeaders>>(_ field: Form) throws(Form.Fault) {
        try self.init(layout: field(\.layout), sheet: field(\.sheet), headers: field(\.headers))
        let longest = headers.reduce(sheet.utf8.count) { max($0, $1.utf8.count) }
        try field.check(
            headers.count <= FileHeaders.mostHeaders && longest <= FileHeaders.longestHeader && layout < 1000,
            "more headers are named than a report may keep")
    }
}

extension Detection: FramedRecord {
    init<Form: Fields<Detection>>(_ field: Form) throws(Form.Fault) {
        try self.init(profile: field(\.profile), signs: field(\.signs))
    }
}

extension ControlTotal: FramedRecord {
    init<Form: Fields<ControlTotal>>(_ field: Form) throws(Form.Fault) {
        try self.init(scope: field(\.scope), file: field(\.file), extracted: field(\.extracted))
    }
}

extension ControlTotal.Sums: FramedRecord {
    init<Form: Fields<ControlTotal.Sums>>(_ field: Form) throws(Form.Fault) {
        try self.init(quantity: field(\.quantity), amount: field(\.amount))
    }
}

extension Warning: FramedRecord {
    init<Form: Fields<Warning>>(_ field: Form) throws(Form.Fault) {
        try self.init(
            field(\.code), field(\.message), count: field(\.count), holds: field(\.holds), places: field(\.places))
    }
}

extension Warning.Place: FramedRecord {
    init<Form: Fields<Warning.Place>>(_ field: Form) throws(Form.Fault) {
        try self.init(sheet: field(\.sheet), range: field(\.range), look: field(\.look))
    }
}

extension SkippedRows: FramedRecord {
    init<Form: Fields<SkippedRows>>(_ field: Form) throws(Form.Fault) {
        try self.init(
            field(\.reason), rows: field(\.rows), quantity: field(\.quantity), amount: field(\.amount), places: field(\.places))
    }
}

extension FileRefusal: FramedRecord {
    init<Form: Fields<FileRefusal>>(_ field: Form) throws(Form.Fault) {
        try self.init(
            field(\.type), field(\.message), suggestion: field(\.suggestion), operatorsNote: field(\.operatorsNote))
    }
}

extension RowErrorType: Framed {}
extension FileErrorType: Framed {}

extension EAN: Framed {
    func write(to bytes: inout ByteWriter) { bytes.put(value) }

    init(from bytes: inout ByteReader) throws(FrameFault) {
        guard let ean = EAN(try bytes.number() as Int64) else { throw FrameFault("an EAN is none") }
        self = ean
    }
}

extension Money: Framed {
    @inline(__always) func write(to bytes: inout ByteWriter) { bytes.put(units) }
    @inline(__always) init(from bytes: inout ByteReader) throws(FrameFault) { self.init(units: try bytes.number()) }
}

extension CivilDay: Framed {
    /// From 1900-01-01 to 2199-12-31: no file of ours is dated beyond them.
    private static let believed: ClosedRange<Int32> = -25_567...84_005

    @inline(__always) func write(to bytes: inout ByteWriter) { bytes.put(number) }

    @inline(__always) init(from bytes: inout ByteReader) throws(FrameFault) {
        self.init(number: try bytes.number())
        guard CivilDay.believed.contains(number) else { throw FrameFault("a sale is dated outside of all calendars") }
    }
}
