/// A file recognised: whose it is, by which signs, and how it is to be read.
package struct Recognition: Sendable {
    package let profile: Profile
    package let detection: Detection
    package let fit: Fit

    /// Refuses a file that is another reseller's, that no profile knows, or that lacks what its profile needs.
    package static func of(_ glimpse: Glimpse, inbox reseller: String, among profiles: [Profile]) throws(FileRefusal) -> Recognition {
        let seen = profiles.map { SignsSeen(of: $0, in: glimpse) }
        guard let own = seen.first(where: { $0.profile.reseller == reseller }) else {
            if reseller.isEmpty { throw SignsSeen.unknown(seen, nil) }
            throw FileRefusal(
                .vendorDetectionFailed, "There is no profile for \"\(reseller)\" yet.",
                suggestion: "Operations must add a profile for this reseller; the file is kept.")
        }
        if let other = SignsSeen.best(of: seen), other.profile.reseller != reseller, other.signs.count > own.signs.count,
            other.detection.confidence != .low
        {
            throw FileRefusal(
                .wrongReseller,
                "This looks like a file of \(other.profile.terms.vendorName), not of \(own.profile.terms.vendorName): "
                    + other.signs.map(\.description).joined(separator: ", ") + ".",
                suggestion: "Please drop it into the inbox of \(other.profile.terms.vendorName).")
        }
        do throws(FileRefusal) {
            return Recognition(profile: own.profile, detection: own.detection, fit: try own.profile.fit(glimpse))
        } catch {
            // Where little speaks for the inbox's own reseller, it may not be its file at all.
            if own.detection.confidence == .low { throw SignsSeen.unknown(seen, (own.profile.terms.vendorName, error)) }
            throw error
        }
    }

    /// The reseller whose file this most likely is; nil where nothing speaks for anyone.
    package static func reseller(of glimpse: Glimpse, among profiles: [Profile]) -> Detection? {
        SignsSeen.best(of: profiles.map { SignsSeen(of: $0, in: glimpse) }).flatMap { $0.signs.isEmpty ? nil : $0.detection }
    }
}
