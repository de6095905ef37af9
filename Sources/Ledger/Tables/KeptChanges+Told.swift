import Cells
import Sellout
import Texts

/// Records as a person reads them.
extension KeptChanges {
    func told(_ record: ReferenceRecord, _ old: String?, _ new: String?) throws(LedgerFault) -> ChangedRecord {
        let states = (try old.map(fields), try new.map(fields))
        return ChangedRecord(
            kind: record.kind.rawValue, record: name(of: record, states.1 ?? states.0 ?? []),
            old: try states.0.map { state throws(LedgerFault) in try text(record.kind, state) },
            new: try states.1.map { state throws(LedgerFault) in try text(record.kind, state) })
    }

    private func fields(_ state: String) throws(LedgerFault) -> [JSONValue] {
        let items = try? JSONValue(reading: state.utf8).items
        guard let items else { throw .damaged("the table reference_changes holds \(state)") }
        return items
    }

    private func name(of record: ReferenceRecord, _ state: [JSONValue]) -> String {
        let day = CivilDay(number: record.day).description
        return switch record.kind {
        case .product: record.name
        case .mapping, .store: "\(record.owner) \(state.first?.text ?? record.name)"
        case .price: "\(record.owner) in \(record.name) from \(day) on"
        case .rate: "\(record.name) on \(day)"
        }
    }

    private func text(_ kind: ReferenceRecord.Kind, _ state: [JSONValue]) throws(LedgerFault) -> String {
        func text(_ place: Int) -> String { state.indices.contains(place) ? state[place].text ?? "" : "" }
        func number(_ place: Int) -> Int64? { state.indices.contains(place) ? state[place].whole : nil }
        func end(_ place: Int) -> String {
            number(place).flatMap(Int32.init(exactly:)).map { "ended from \(CivilDay(number: $0))" } ?? ""
        }
        func all(_ parts: String...) -> String { parts.filter { !$0.isEmpty }.joined(separator: ", ") }
        switch kind {
        case .product: return all(text(0), text(1), text(3).isEmpty ? "" : "is \(text(3))", end(2))
        case .mapping: return all(text(1), end(2))
        case .store:
            let root = try number(7).map { id throws(LedgerFault) in
                try connection.all(StoreTable.name, from: "stores WHERE id = ?", id).first ?? "another store"
            }
            return all(text(1), text(3), text(4), text(5), root.map { "is \($0)" } ?? "", end(8))
        case .price: return number(0).map { Money(units: $0).description } ?? ""
        case .rate: return number(0).map(Self.rate) ?? ""
        }
    }

    /// In 1/100 000 000 for one EUR.
    private static func rate(_ units: Int64) -> String {
        let (whole, rest) = units.quotientAndRemainder(dividingBy: 100_000_000)
        let digits = String(100_000_000 + rest.magnitude).dropFirst()
        let trimmed = digits.reversed().drop { $0 == "0" }.reversed()
        return trimmed.isEmpty ? "\(whole)" : "\(whole).\(String(trimmed))"
    }
}
