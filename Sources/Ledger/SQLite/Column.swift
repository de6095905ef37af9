/// A column and the type of its values. A table declares each of its columns once; what statements list, what is bound and what
/// is read follow from that.
struct Column<Value: Stored>: SomeColumn {
    let name: SQLName

    init(_ table: StaticString, _ name: StaticString) { self.name = SQLName(table: table, name: name) }

    /// What SQL makes of other columns: `sum(quantity)`.
    init(computed sql: StaticString) { name = SQLName(table: "", name: sql) }

    /// `BatchTable.state(.pending)`: what an INSERT or UPDATE puts there.
    func callAsFunction(_ value: Value) -> Assignment { Assignment(column: name, value: value) }
}

/// A column whatever the type of its values, for lists.
protocol SomeColumn: Sendable {
    var name: SQLName { get }
}

/// What an INSERT or UPDATE puts into a column.
struct Assignment {
    let column: SQLName
    let value: any Stored
}

/// Columns in the order in which a statement answers with them or writes them.
struct ColumnList: Sendable {
    let names: [SQLName]
    /// `upload_batches.id, upload_batches.batch_id`
    let selected: String

    init(_ columns: any SomeColumn...) { self.init(names: columns.map(\.name)) }

    private init(names: [SQLName]) {
        self.names = names
        selected = names.map(\.selected).joined(separator: ", ")
    }

    static func + (one: ColumnList, other: ColumnList) -> ColumnList { ColumnList(names: one.names + other.names) }

    /// `id, batch_id`
    var plain: String { names.map { "\($0.name)" }.joined(separator: ", ") }
}

/// By column.
extension Statement {
    @inline(__always) func bind<Value: Stored>(_ value: Value, to column: Column<Value>) throws(LedgerFault) {
        var place = try place(of: column.name) + 1
        try value.bind(to: self, at: &place)
    }

    subscript<Value: Stored>(column: Column<Value>) -> Value {
        @inline(__always) get throws(LedgerFault) {
            let place = try place(of: column.name)
            guard let value = Value(self, at: place) else { throw damage(column.name, at: place) }
            return value
        }
    }

    /// What may be missing elsewhere and must be there in this row.
    subscript<Value: Stored>(needed column: Column<Value?>) -> Value {
        @inline(__always) get throws(LedgerFault) {
            guard let value = try self[column] else { throw try damage(column) }
            return value
        }
    }

    /// For a value that reads and cannot be right all the same.
    func damage<Value: Stored>(_ column: Column<Value>) throws(LedgerFault) -> LedgerFault {
        damage(column.name, at: try place(of: column.name))
    }

    private func damage(_ column: SQLName, at place: Int32) -> LedgerFault {
        .damaged(
            column.isComputed
                ? "it gives \(found(place)) for \(column.name)"
                : "the table \(column.table) holds \(found(place)) in the column \(column.name)")
    }
}
