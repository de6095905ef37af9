/// Something the reader of a report should know although nothing was refused for it.
package struct Warning: Hashable, Codable, Sendable {
    package let code: String
    package let message: String
    package var count: Int

    package init(_ code: String, _ message: String, count: Int = 1) {
        self.code = code
        self.message = message
        self.count = count
    }
}
