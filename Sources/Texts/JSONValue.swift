import Cells

/// A JSON value whose members keep their order: a report reads in the order in which it was designed, and the same batch gives
/// the same bytes.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Int64)
    /// A number as a sheet writes it.
    case decimal(DecimalNumber)
    case text(String)
    case array([JSONValue])
    case object([Member])

    package struct Member: Hashable, Sendable {
        package let name: String
        package let value: JSONValue

        package init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    package static func number(_ value: Int) -> JSONValue { .number(Int64(value)) }

    /// The text, or null where there is none.
    package static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.text) ?? .null }

    /// One object with the members of all these objects.
    package static func joined(_ objects: [JSONValue]) -> JSONValue {
        .object(objects.flatMap { object -> [Member] in if case .object(let members) = object { members } else { [] } })
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    /// Members in the order they are written in.
    package init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(members.map { Member($0.0, $0.1) })
    }
}
