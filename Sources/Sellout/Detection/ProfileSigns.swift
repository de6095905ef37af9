/// How much a file looks like one reseller's, sign by sign: for people who ask why a file does or does not fit.
package struct ProfileSigns: Hashable, Sendable {
    package let reseller: String
    package let vendorName: String
    package let seen: [String]
    package let missing: [String]
    /// Why none of its layouts fits; nil where one does.
    package let misfit: String?

    /// All profiles, the likeliest first.
    package static func all(of glimpse: Glimpse, among profiles: [Profile]) -> [ProfileSigns] {
        profiles.map { ProfileSigns($0, glimpse) }.sorted { ($1.seen.count, $0.reseller) < ($0.seen.count, $1.reseller) }
    }

    private init(_ profile: Profile, _ glimpse: Glimpse) {
        let signs = SignsSeen(of: profile, in: glimpse)
        reseller = profile.reseller
        vendorName = profile.terms.vendorName
        seen = signs.signs.map(\.description)
        missing = profile.signs.filter { !signs.signs.contains($0) }.map(\.description)
        do throws(FileRefusal) {
            _ = try profile.fit(glimpse)
            misfit = nil
        } catch {
            misfit = error.message
        }
    }
}
