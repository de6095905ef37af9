/// What a file does to the reseller's sales: adds to them, takes the place of those in the months that it names, or of all.
package enum UploadMode: String, Sendable {
    case append, replace
    case replaceAll = "replace_all"

    package var replaces: Bool { self != .append }
}
