/// Which Sellout this is, in all programs: the newest release that CHANGELOG.md names.
package enum Release {
    package static let version = "0.1.0"
}

extension ProgramShape {
    /// What `--version` prints.
    package var versionLine: String { "\(name) \(Release.version)" }
}
