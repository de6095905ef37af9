/// A mistake in a profile or a configuration: which file, where in it, and what was expected there.
public struct SettingsFault: Error, Hashable, Sendable, CustomStringConvertible {
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

/// All that is wrong with one file.
public struct SettingsFaults: Error, Sendable, CustomStringConvertible {
    public let all: [SettingsFault]

    public init(all: [SettingsFault]) { self.all = all }

    public var description: String { all.map(\.description).joined(separator: "\n") }
}
