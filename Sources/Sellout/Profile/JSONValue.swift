import Foundation

/// A JSON5 document as a tree, so that a profile's mistakes can be named by their path, unknown keys too.
enum JSONValue: Decodable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let single = try decoder.singleValueContainer()
        if single.decodeNil() {
            self = .null
        } else if let value = try? single.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? single.decode(Double.self) {
            self = .number(value)
        } else if let value = try? single.decode(String.self) {
            self = .text(value)
        } else if let value = try? single.decode([JSONValue].self) {
            self = .list(value)
        } else {
            self = .object(try single.decode([String: JSONValue].self))
        }
    }

    static func parse(json5: [UInt8]) throws -> JSONValue {
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        return try decoder.decode(JSONValue.self, from: Data(json5))
    }

    /// What stands there, for a sentence.
    var kindName: String {
        switch self {
        case .null: "nothing"
        case .bool: "true or false"
        case .number: "a number"
        case .text: "a text"
        case .list: "a list"
        case .object: "an object"
        }
    }
}
