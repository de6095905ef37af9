/// A file recognised: whose it is, by which signs, and how it is to be read.
public struct Recognition: Sendable {
    public let profile: Profile
    public let detection: Detection
    public let fit: Fit

    /// Refuses a file that is another reseller's, that no profile knows, or that lacks what its profile needs.
    public static func of(_ glimpse: Glimpse, inbox reseller: String, among profiles: [Profile]) throws(FileRefusal) -> Recognition {
        let seen = profiles.map { profile in (profile: profile, signs: profile.signs.filter { $0.isSeen(in: glimpse) }) }
        guard let own = seen.first(where: { $0.profile.reseller == reseller }) else {
            throw FileRefusal(
                .vendorDetectionFailed, "There is no profile for \"\(reseller)\" yet.",
                suggestion: "Operations must add a profile for this reseller; the file is kept.")
        }
        if let other = seen.filter({ $0.profile.reseller != reseller }).max(by: { $0.signs.count < $1.signs.count }),
            other.signs.count > own.signs.count, Detection.Confidence(signs: other.signs.count) != .low
        {
            throw FileRefusal(
                .wrongReseller,
                "This looks like a file of \(other.profile.terms.vendorName), not of \(own.profile.terms.vendorName): "
                    + other.signs.map(\.description).joined(separator: ", ") + ".",
                suggestion: "Please drop it into the inbox of \(other.profile.terms.vendorName).")
        }
        let detection = Detection(profile: own.profile.reseller, signs: own.signs.map(\.description))
        if let fit = own.profile.fit(glimpse) { return Recognition(profile: own.profile, detection: detection, fit: fit) }
        if own.signs.isEmpty { throw unknown(seen) }
        throw own.profile.misfit(glimpse)
    }

    /// The reseller whose file this is, where the signs say so at medium or high.
    public static func reseller(of glimpse: Glimpse, among profiles: [Profile]) -> Detection? {
        let best = profiles.map { Detection(profile: $0.reseller, signs: $0.signs.filter { $0.isSeen(in: glimpse) }.map(\.description)) }
            .max { $0.signs.count < $1.signs.count }
        return best.flatMap { $0.signs.isEmpty ? nil : $0 }
    }

    private static func unknown(_ seen: [(profile: Profile, signs: [Sign])]) -> FileRefusal {
        let nearest = seen.sorted { ($1.signs.count, $0.profile.reseller) < ($0.signs.count, $1.profile.reseller) }.prefix(3)
        let lines = nearest.map { profile, signs in
            let missing = profile.signs.filter { !signs.contains($0) }.map(\.description).joined(separator: ", ")
            return "\(profile.terms.vendorName) (missing: \(missing))"
        }
        return FileRefusal(
            .vendorDetectionFailed, "No known layout fits this file. The nearest are \(lines.joined(separator: "; ")).",
            suggestion: "Please send the report in its usual layout, or ask operations to add this one.")
    }
}
