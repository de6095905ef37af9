import Foundation

/// A JSON5 document as a tree, so that each mistake in it can be named by its path, and unknown keys found.
enum JSON5Value: Decodable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([JSON5Value])
    case object([String: JSON5Value])

    init(from decoder: any Decoder) throws {
        let single = try decoder.singleValueContainer()
        // The most frequent kinds first, because every wrong guess costs an error.
        if let value = try? single.decode(String.self) {
            self = .text(value)
        } else if let value = try? single.decode([JSON5Value].self) {
            self = .list(value)
        } else if let value = try? single.decode([String: JSON5Value].self) {
            self = .object(value)
        } else if single.decodeNil() {
            self = .null
        } else if let value = try? single.decode(Bool.self) {
            self = .bool(value)
        } else {
            self = .number(try single.decode(Double.self))
        }
    }

    static func parse(json5: [UInt8]) throws -> JSON5Value {
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        return try decoder.decode(JSON5Value.self, from: Data(json5))
    }

    /// What the parser says, as short as possible.
    static func reason(_ error: any Error) -> String {
        guard case DecodingError.dataCorrupted(let context) = error else { return "it cannot be read" }
        let cause = context.underlyingError.map { ($0 as NSError).userInfo["NSDebugDescription"] as? String ?? "\($0)" }
        return cause ?? context.debugDescription
    }

    /// The kind of value, for a sentence.
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
