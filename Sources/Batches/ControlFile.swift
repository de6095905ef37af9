/// What a sender has agreed to upload beside each file, to say that the file is whole: `NAME.sha256` with the digest of NAME as
/// sha256sum(1) writes it, or `NAME.ok`, whose content does not matter.
package enum ControlFile: String, CaseIterable, Sendable {
    case sha256, ok

    package var ending: String { ".\(rawValue)" }
}
