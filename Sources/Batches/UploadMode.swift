/// What a file does to the reseller's sales: adds to them, or takes their place.
package enum UploadMode: String, Sendable {
    case append, replace
}
