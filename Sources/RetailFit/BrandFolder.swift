import Foundation

/// The name of a brand's own folder in an outbox: `acai-do-sul-7`. The number alone tells brands apart; what stands before it is for
/// people, is letters, digits and `-` only, and changes with the brand's name.
package struct BrandFolder: Hashable, Sendable {
    package let name: String
    /// With which each name that the folder ever had ends.
    package let ending: String

    /// A file name of 255 bytes holds it whatever the number.
    private static let longest = 60

    package init(of brand: String, id: Int64) {
        ending = "-\(id)"
        var slug = ""
        for scalar in brand.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars where slug.utf8.count < Self.longest {
            switch scalar {
            case "a"..."z", "0"..."9": slug.unicodeScalars.append(scalar)
            // The accent of the letter before it.
            case _ where scalar.properties.generalCategory == .nonspacingMark: continue
            default: if !slug.isEmpty, !slug.hasSuffix("-") { slug += "-" }
            }
        }
        if slug.hasSuffix("-") { slug.removeLast() }
        name = (slug.isEmpty ? "brand" : slug) + ending
    }
}
