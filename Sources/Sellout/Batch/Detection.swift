/// Which profile fits a file, how surely, and by which signs.
public struct Detection: Hashable, Codable, Sendable {
    public enum Confidence: String, Codable, Sendable {
        case high, medium, low

        /// Five signs and more are high, three and four medium.
        public init(signs: Int) { self = signs >= 5 ? .high : signs >= 3 ? .medium : .low }
    }

    public let profile: String
    public let confidence: Confidence
    public let signs: [String]

    public init(profile: String, signs: [String]) {
        self.profile = profile
        self.signs = signs
        confidence = Confidence(signs: signs.count)
    }
}
