/// Something the reader of a report should know although nothing was refused for it.
public struct Warning: Hashable, Codable, Sendable {
    public let code: String
    public let message: String
    public var count: Int

    public init(_ code: String, _ message: String, count: Int = 1) {
        self.code = code
        self.message = message
        self.count = count
    }
}
