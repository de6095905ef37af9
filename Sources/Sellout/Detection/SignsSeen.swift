/// Which of a profile's signs a file shows.
struct SignsSeen {
    let profile: Profile
    let signs: [Sign]

    init(of profile: Profile, in glimpse: Glimpse) {
        self.profile = profile
        signs = profile.signs.filter { $0.isSeen(in: glimpse) }
    }

    var detection: Detection { Detection(profile: profile.reseller, signs: signs.map(\.description)) }

    /// The one with most signs; the first by name where two have as many.
    static func best(of all: [SignsSeen]) -> SignsSeen? {
        all.min { ($1.signs.count, $0.profile.reseller) < ($0.signs.count, $1.profile.reseller) }
    }

    /// - Parameter own: what the inbox's own profile misses.
    static func unknown(_ seen: [SignsSeen], _ own: (vendor: String, refusal: FileRefusal)?) -> FileRefusal {
        let nearest = seen.sorted { ($1.signs.count, $0.profile.reseller) < ($0.signs.count, $1.profile.reseller) }.prefix(3)
        let lines = nearest.map { seen in
            let missing = seen.profile.signs.filter { !seen.signs.contains($0) }.map(\.description).joined(separator: ", ")
            return "\(seen.profile.terms.vendorName) (missing: \(missing))"
        }
        let misses = own.map { " As a file of \($0.vendor): \($0.refusal.message)" } ?? ""
        return FileRefusal(
            .vendorDetectionFailed, "No known layout fits this file. The nearest are \(lines.joined(separator: "; ")).\(misses)",
            suggestion: "Please send the report in its usual layout, or ask operations to add this one.")
    }
}
