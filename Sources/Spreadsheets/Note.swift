/// Something the reader decided that its sender should know.
package struct Note: Hashable, Sendable {
    package enum Code: String, Sendable, Codable {
        /// A text file without a byte order mark that is not UTF-8.
        case readAsWindows1252 = "READ_AS_WINDOWS_1252"
    }

    package let code: Code
    package let message: String
    /// How often it was met.
    package let count: Int
}
