import Sellout

/// Why a file does or does not fit a reseller, sign by sign: the one asked for, or the likeliest three.
struct SignsPage {
    private let profiles: [ProfileSigns]

    init(_ all: [ProfileSigns], asking reseller: String?) {
        let asked = all.filter { $0.reseller == reseller }
        profiles = asked + all.filter { $0.reseller != reseller && !$0.seen.isEmpty }.prefix(asked.isEmpty ? 3 : 1)
    }

    func print(to output: Output) throws {
        for profile in profiles {
            try output.print("")
            let fits = profile.misfit == nil ? "its layout fits" : "its layout does not fit"
            let all = profile.seen.count + profile.missing.count
            try output.print(Printable.text("\(profile.vendorName): \(profile.seen.count) of \(all) signs, \(fits)"))
            for sign in profile.seen { try output.print(Printable.text("  yes  \(sign)")) }
            for sign in profile.missing { try output.print(Printable.text("  no   \(sign)")) }
            if let misfit = profile.misfit { try output.print(Printable.text("  \(misfit)")) }
        }
    }
}
