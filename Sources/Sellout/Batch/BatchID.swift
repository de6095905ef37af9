import Foundation

/// A batch's name, born at the claim: a random UUID in lower case, unique across hosts. Random from its first digit on,
/// because a report's name bears the first eight.
public struct BatchID: Hashable, Sendable {
    public let text: String

    public init() { text = UUID().uuidString.lowercased() }

    public init?(_ text: String) {
        guard text.utf8.count == 36, let uuid = UUID(uuidString: text) else { return nil }
        self.text = uuid.uuidString.lowercased()
    }

    /// What a report's file name bears.
    public var short: String { String(text.prefix(8)) }
}

extension BatchID: CustomStringConvertible {
    public var description: String { text }
}
