/// Statements with their values in one call, for everything but the loops over rows.
extension Connection {
    private func bound(_ statement: Statement, _ values: [any Bindable]) throws(LedgerFault) -> Statement {
        var place: Int32 = 1
        for value in values { try value.bind(to: statement, at: &place) }
        return statement
    }

    /// How many rows it changed.
    @discardableResult func run(_ sql: String, _ values: any Bindable...) throws(LedgerFault) -> Int {
        try bound(statement(sql), values).run()
        return changes
    }

    /// The single number that a counting statement answers.
    func count(_ sql: String, _ values: any Bindable...) throws(LedgerFault) -> Int {
        let statement = try bound(statement(sql), values)
        defer { statement.reset() }
        guard try statement.step(), let number = Int(statement, at: 0) else { throw .broken("This gave no number: \(sql)") }
        return number
    }
}

/// Reading by column.
extension Connection {
    private func selecting(_ columns: ColumnList, _ rest: String) throws(LedgerFault) -> Statement {
        try statement("SELECT \(columns.selected) FROM \(rest)", columns)
    }

    /// A statement whose rows the caller steps through, and resets. `rest` is what follows FROM.
    func cursor(_ columns: ColumnList, from rest: String, _ values: any Bindable...) throws(LedgerFault) -> Statement {
        try bound(selecting(columns, rest), values)
    }

    func first<Value>(
        _ columns: ColumnList, from rest: String, _ values: any Bindable..., read: (Statement) throws(LedgerFault) -> Value
    ) throws(LedgerFault) -> Value? {
        let row = try bound(selecting(columns, rest), values)
        defer { row.reset() }
        return try row.step() ? try read(row) : nil
    }

    func all<Value>(
        _ columns: ColumnList, from rest: String, _ values: any Bindable..., read: (Statement) throws(LedgerFault) -> Value
    ) throws(LedgerFault) -> [Value] {
        let row = try bound(selecting(columns, rest), values)
        defer { row.reset() }
        var found: [Value] = []
        while try row.step() { found.append(try read(row)) }
        return found
    }

    func all<Value>(_ column: Column<Value>, from rest: String, _ values: any Bindable...) throws(LedgerFault) -> [Value] {
        let row = try bound(selecting(ColumnList(column), rest), values)
        defer { row.reset() }
        var found: [Value] = []
        while try row.step() { found.append(try row[column]) }
        return found
    }
}

/// Writing by column.
extension Connection {
    /// For loops: every column must be bound anew for each row. With `orIgnore`, a row that is there already stays.
    func insertion(of columns: ColumnList, orIgnore: Bool = false) throws(LedgerFault) -> Statement {
        try statement(Self.insertion(columns.names, orIgnore: orIgnore), columns)
    }

    /// False where, with `orIgnore`, a row of that key is there already.
    @discardableResult func insert(orIgnore: Bool = false, _ values: Assignment...) throws(LedgerFault) -> Bool {
        let sql = Self.insertion(values.map(\.column), orIgnore: orIgnore)
        try bound(statement(sql), values.map(\.value)).run()
        return changes > 0
    }

    private static func insertion(_ columns: [SQLName], orIgnore: Bool) -> String {
        guard let table = columns.first?.table else { return "" }
        let names = columns.map { "\($0.name)" }.joined(separator: ", ")
        let marks = repeatElement("?", count: columns.count).joined(separator: ", ")
        return "INSERT \(orIgnore ? "OR IGNORE " : "")INTO \(table) (\(names)) VALUES (\(marks))"
    }

    /// How many rows it changed.
    @discardableResult func update(
        _ values: Assignment..., where condition: String, _ more: any Bindable...
    ) throws(LedgerFault) -> Int {
        guard let table = values.first?.column.table else { return 0 }
        let places = values.map { "\($0.column.name) = ?" }.joined(separator: ", ")
        try bound(statement("UPDATE \(table) SET \(places) WHERE \(condition)"), values.map(\.value) + more).run()
        return changes
    }
}

/// For a condition with several `?`.
struct Several: Bindable {
    private let values: [any Bindable]

    init(_ values: [any Bindable]) { self.values = values }

    func bind(to statement: Statement, at place: inout Int32) throws(LedgerFault) {
        for value in values { try value.bind(to: statement, at: &place) }
    }
}

/// The conditions of a listing: only what was asked for, so that SQLite finds the index for it.
struct Conditions: Bindable {
    private var texts: [String] = []
    private var values: [any Bindable] = []

    /// Nothing where there is no value, which stands for each `?` of the condition.
    mutating func add(_ condition: String, _ value: (some Bindable)?) {
        guard let value else { return }
        texts.append(condition)
        values.append(value)
    }

    mutating func add(_ condition: String) { texts.append(condition) }

    /// What follows the table's name.
    var sql: String { texts.isEmpty ? "" : " WHERE " + joined }

    var joined: String { texts.joined(separator: " AND ") }

    func bind(to statement: Statement, at place: inout Int32) throws(LedgerFault) {
        for value in values { try value.bind(to: statement, at: &place) }
    }
}
