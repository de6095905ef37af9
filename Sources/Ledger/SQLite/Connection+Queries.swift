/// Statements with their values in one call, for everything but the loops over rows.
extension Connection {
    private func bound(_ sql: String, _ values: [any Bindable]) throws(LedgerFault) -> Statement {
        let statement = try statement(sql)
        var place: Int32 = 0
        for value in values {
            place += 1
            try value.bind(to: statement, at: place)
        }
        return statement
    }

    /// How many rows it changed.
    @discardableResult func run(_ sql: String, _ values: any Bindable...) throws(LedgerFault) -> Int {
        try bound(sql, values).run()
        return changes
    }

    func first<Value>(
        _ sql: String, _ values: any Bindable..., read: (Statement) throws(LedgerFault) -> Value
    ) throws(LedgerFault) -> Value? {
        let statement = try bound(sql, values)
        defer { statement.reset() }
        return try statement.step() ? try read(statement) : nil
    }

    func all<Value>(
        _ sql: String, _ values: any Bindable..., read: (Statement) throws(LedgerFault) -> Value
    ) throws(LedgerFault) -> [Value] {
        let statement = try bound(sql, values)
        defer { statement.reset() }
        var found: [Value] = []
        while try statement.step() { found.append(try read(statement)) }
        return found
    }

    /// A statement whose rows the caller steps through, and resets.
    func cursor(_ sql: String, _ values: any Bindable...) throws(LedgerFault) -> Statement { try bound(sql, values) }

    /// The single number that a counting statement answers.
    func count(_ sql: String, _ values: any Bindable...) throws(LedgerFault) -> Int {
        let statement = try bound(sql, values)
        defer { statement.reset() }
        return try statement.step() ? statement.int(0) : 0
    }
}
