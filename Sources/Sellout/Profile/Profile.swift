/// How one reseller's files are read: data, from one JSON5 file. Adding or changing a reseller means editing that file, not Swift.
public struct Profile: Sendable {
    public var terms: Terms
    public var conventions: Conventions
    /// Words in a store's name that make it an online store.
    public var onlineMarks: [String]
    /// In bytes.
    public var largestFile: Int
    public var signs: [Sign]
    /// The real layout first, then its variants; the first that fits is used.
    public var layouts: [Layout]

    public var reseller: String { terms.reseller }

    public func isOnline(store name: String) -> Bool {
        let folded = Folded.text(name)
        return onlineMarks.contains { mark in
            // A mark with = before it is the whole name: Skins SA calls its online store ON.
            mark.hasPrefix("=") ? folded == mark.dropFirst() : folded.contains(mark)
        }
    }
}
