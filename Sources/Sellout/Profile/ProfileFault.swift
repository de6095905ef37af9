/// A mistake in a profile: which file, where in it, and what was expected there.
public struct ProfileFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// `layouts[0].columns.ean`; empty for the file as a whole.
    public let path: String
    public let expected: String

    public init(file: String, path: String, expected: String) {
        self.file = file
        self.path = path
        self.expected = expected
    }

    public var description: String { path.isEmpty ? "\(file): \(expected)." : "\(file): \(path): \(expected)." }
}
