/// A file that was recognised: whose it is, by which signs, and how to read it.
package struct Recognition: Sendable {
    package let profile: Profile
    package let detection: Detection
    package let fit: Fit

    /// Refuses a file that is another reseller's, that fits no profile, or that lacks what its profile needs.
    package static func of(_ glimpse: Glimpse, inbox reseller: String, among profiles: [Profile]) throws(FileRefusal) -> Recognition {
        guard let profile = profiles.first(where: { $0.reseller == reseller }), let own = SignsSeen(of: profile, in: glimpse) else {
            if reseller.isEmpty { throw SignsSeen.unknown(SignsSeen.all(of: glimpse, among: profiles), nil) }
            throw FileRefusal(
                .vendorDetectionFailed, "There is no profile for \"\(reseller)\" yet.",
                suggestion: "Operations must add a profile for this reseller; the file is kept.")
        }
        let others = profiles.filter { $0.reseller != reseller }
        if let other = SignsSeen.all(of: glimpse, among: others, atLeast: own.signs.count + 1).first, other.detection.confidence != .low {
            throw FileRefusal(
                .wrongReseller, "This does not look like a file of \(own.profile.terms.vendorName), but like another sender's.",
                suggestion: "Please check whether it is the right file, and send it again.",
                operatorsNote: "It looks like a file of \(other.profile.terms.vendorName): "
                    + other.signs.map(\.description).joined(separator: ", ") + ". It belongs in that reseller's inbox.")
        }
        do throws(FileRefusal) {
            return Recognition(profile: own.profile, detection: own.detection, fit: try own.profile.fit(glimpse))
        } catch {
            // If little speaks for the inbox's own reseller, the file may not be that reseller's at all.
            if own.detection.confidence == .low {
                throw SignsSeen.unknown(SignsSeen.all(of: glimpse, among: profiles), (own.profile.terms.vendorName, error))
            }
            throw error
        }
    }

    /// Whose file this surely is, where nobody has said so: a layout of that reseller's fits, and no other's speaks for itself as much.
    package static func owner(of glimpse: Glimpse, among profiles: [Profile]) throws(FileRefusal) -> Detection {
        let seen = SignsSeen.all(of: glimpse, among: profiles)
        let likely = seen.filter { $0.detection.confidence != .low }
        let fitting = likely.filter { (try? $0.profile.fit(glimpse)) != nil }
        guard let best = fitting.first else { throw SignsSeen.nobodys(seen, of: glimpse) }
        let alike = fitting.filter { $0.signs.count == best.signs.count }
        guard alike.count == 1 else { throw SignsSeen.severals(alike) }
        // More speaks for somebody whose layout it does not fit: it may be that one's, and spoilt.
        if let other = likely.first, other.signs.count > best.signs.count { throw SignsSeen.nobodys(seen, of: glimpse) }
        return best.detection
    }

    /// The reseller whose file this most likely is; nil if nothing speaks for any.
    package static func reseller(of glimpse: Glimpse, among profiles: [Profile]) -> Detection? {
        SignsSeen.all(of: glimpse, among: profiles).first.flatMap { $0.signs.isEmpty ? nil : $0.detection }
    }
}

/// Which of a profile's signs a file shows, and which it does not.
private struct SignsSeen {
    let profile: Profile
    let signs: [Sign]

    /// Nil where the file shows fewer than `least`. A profile names its patterns last, and they cost by far the most: where they
    /// cannot make up the number any more, they are not tried.
    init?(of profile: Profile, in glimpse: Glimpse, atLeast least: Int = 0) {
        var signs: [Sign] = []
        for (number, sign) in profile.signs.enumerated() {
            guard signs.count + profile.signs.count - number >= least else { return nil }
            if sign.isSeen(in: glimpse) { signs.append(sign) }
        }
        guard signs.count >= least else { return nil }
        self.profile = profile
        self.signs = signs
    }

    /// The likeliest first; of equals, the first by name.
    static func all(of glimpse: Glimpse, among profiles: [Profile], atLeast least: Int = 0) -> [SignsSeen] {
        profiles.compactMap { SignsSeen(of: $0, in: glimpse, atLeast: least) }
            .sorted { ($1.signs.count, $0.profile.reseller) < ($0.signs.count, $1.profile.reseller) }
    }

    var missing: [Sign] { profile.signs.filter { !signs.contains($0) } }

    var detection: Detection { Detection(profile: profile.reseller, signs: signs.map(\.description)) }

    private static let whatToDo =
        "Put the file into its reseller's own inbox if you know whose it is, or add its layout to a profile and retry the batch."

    /// Nobody's layout fits, or not the one that most speaks for.
    static func nobodys(_ likeliest: [SignsSeen], of glimpse: Glimpse) -> FileRefusal {
        let near = likeliest.filter { !$0.signs.isEmpty }.prefix(3).map { seen in
            var why = seen.missing.map(\.description).joined(separator: ", ")
            do throws(FileRefusal) { _ = try seen.profile.fit(glimpse) } catch { why = error.message }
            return "\(seen.profile.terms.vendorName)\(why.isEmpty ? "" : " (\(why))")"
        }
        let nearest =
            near.isEmpty ? "No header, sheet or name in it is known." : "The nearest are those of \(near.joined(separator: "; "))."
        return FileRefusal(
            .vendorDetectionFailed, "It cannot be told whose file this is: no known layout fits it. \(nearest)", suggestion: whatToDo)
    }

    static func severals(_ alike: [SignsSeen]) -> FileRefusal {
        let names = alike.map(\.profile.terms.vendorName).joined(separator: ", ")
        return FileRefusal(
            .vendorDetectionFailed, "It cannot be told whose file this is: the layouts of \(names) fit it alike.", suggestion: whatToDo)
    }

    /// - Parameter own: what the file lacks to be the inbox's own reseller's.
    static func unknown(_ likeliest: [SignsSeen], _ own: (vendor: String, refusal: FileRefusal)?) -> FileRefusal {
        let lines = likeliest.prefix(3).map { seen in
            let missing = seen.missing.map(\.description).joined(separator: ", ")
            return "\(seen.profile.terms.vendorName)\(missing.isEmpty ? "" : " (missing: \(missing))")"
        }
        let misses = own.map { "No layout of \($0.vendor) fits this file: \($0.refusal.message)" } ?? "No known layout fits this file."
        return FileRefusal(
            .vendorDetectionFailed, misses,
            suggestion: "Please send the report in its usual layout, or ask operations to add this one.",
            operatorsNote: lines.isEmpty ? nil : "The nearest layouts are those of \(lines.joined(separator: "; ")).")
    }
}

/// How much a file looks like one reseller's, sign by sign, for people who ask why a file does or does not fit.
package struct ProfileSigns: Hashable, Sendable {
    package let reseller: String
    package let vendorName: String
    package let seen: [String]
    package let missing: [String]
    /// Why none of the reseller's layouts fits; nil if one does.
    package let misfit: String?

    /// All profiles, the likeliest first.
    package static func all(of glimpse: Glimpse, among profiles: [Profile]) -> [ProfileSigns] {
        SignsSeen.all(of: glimpse, among: profiles).map { ProfileSigns($0, glimpse) }
    }

    private init(_ signs: SignsSeen, _ glimpse: Glimpse) {
        reseller = signs.profile.reseller
        vendorName = signs.profile.terms.vendorName
        seen = signs.signs.map(\.description)
        missing = signs.missing.map(\.description)
        do throws(FileRefusal) {
            _ = try signs.profile.fit(glimpse)
            misfit = nil
        } catch {
            misfit = error.message
        }
    }
}
