/// A language in which a reseller reads what we write. A profile names it by its ISO 639 code.
package enum Language: String, CaseIterable, Sendable {
    case english = "en"
    case german = "de"
    case polish = "pl"
    case spanish = "es"
    case dutch = "nl"
    case lithuanian = "lt"
    case latvian = "lv"
    case estonian = "et"
    case ukrainian = "uk"
    case french = "fr"
}
