/// A mistake in a profile or a configuration: which file, where in it, and what was expected there.
package struct SettingsFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let file: String
    /// `layouts[0].columns.ean`; empty for the file as a whole.
    package let path: String
    package let expected: String

    package init(file: String, path: String, expected: String) {
        self.file = file
        self.path = path
        self.expected = expected
    }

    package var description: String { path.isEmpty ? "\(file): \(expected)." : "\(file): \(path): \(expected)." }
}

/// All that is wrong with one file.
package struct SettingsFaults: Error, Sendable, CustomStringConvertible {
    package let all: [SettingsFault]

    package init(all: [SettingsFault]) { self.all = all }

    package var description: String { all.map(\.description).joined(separator: "\n") }
}
