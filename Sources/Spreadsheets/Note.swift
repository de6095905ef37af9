/// Something the reader decided that its sender should know.
public struct Note: Hashable, Sendable {
    public enum Code: String, Sendable, Codable {
        /// A text file without a byte order mark that is not UTF-8.
        case readAsWindows1252 = "READ_AS_WINDOWS_1252"
    }

    public let code: Code
    public let message: String
    /// How often it was met.
    public let count: Int
}
