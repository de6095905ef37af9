/// Which profile fits a file, how surely, and by which signs.
package struct Detection: Hashable, Codable, Sendable {
    package enum Confidence: String, Codable, Sendable {
        case high, medium, low

        /// Five signs and more are high, three and four medium.
        package init(signs: Int) { self = signs >= 5 ? .high : signs >= 3 ? .medium : .low }
    }

    package let profile: String
    package let confidence: Confidence
    package let signs: [String]

    package init(profile: String, signs: [String]) {
        self.profile = profile
        self.signs = signs
        confidence = Confidence(signs: signs.count)
    }
}
