/// Why a whole file was not taken, in a sentence that its sender understands.
public struct FileRefusal: Error, Hashable, Codable, Sendable {
    public let type: FileErrorType
    public let message: String
    public let suggestion: String?

    public init(_ type: FileErrorType, _ message: String, suggestion: String? = nil) {
        self.type = type
        self.message = message
        self.suggestion = suggestion
    }
}
