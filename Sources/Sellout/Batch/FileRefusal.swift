/// Why a whole file was not taken, in a sentence that its sender understands.
package struct FileRefusal: Error, Hashable, Codable, Sendable {
    package let type: FileErrorType
    package let message: String
    package let suggestion: String?

    package init(_ type: FileErrorType, _ message: String, suggestion: String? = nil) {
        self.type = type
        self.message = message
        self.suggestion = suggestion
    }
}
