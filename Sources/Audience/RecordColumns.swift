import Texts

/// Records as a table: a column for each field, in the order in which the fields came first.
package struct RecordColumns {
    package private(set) var names: [String] = []
    private var places: [[UInt8]: Int] = [:]

    package init() {}

    /// Learns the fields that records of a block have.
    package mutating func learn(_ block: RecordBlock) {
        var found: [[UInt8]] = []
        block.records { record in
            record.fields { name, _ in
                let name = JSONString.decoded(name)
                if places[name] == nil, !found.contains(name) { found.append(name) }
            }
        }
        for name in found {
            places[name] = names.count
            names.append(String(decoding: name, as: UTF8.self))
        }
    }

    /// A value for each column: texts as they are, anything else as JSON writes it, null where the record has none.
    package func row(_ record: KeptRecord) -> [JSONValue] {
        var row = [JSONValue](repeating: .null, count: names.count)
        record.fields { name, value in
            guard let place = places[JSONString.decoded(name)] else { return }
            row[place] = Self.shown(value)
        }
        return row
    }

    private static func shown(_ value: ArraySlice<UInt8>) -> JSONValue {
        switch value.first {
        case UInt8(ascii: "\""): .text(JSONString.text(value.dropFirst().dropLast()))
        case UInt8(ascii: "n"), nil: .null
        // A figure keeps all its digits.
        default: .text(String(decoding: value, as: UTF8.self))
        }
    }
}
