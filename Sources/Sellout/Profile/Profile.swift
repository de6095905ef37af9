/// How one reseller's files are read: data, from one JSON5 file. Adding or changing a reseller means editing that file, not Swift.
package struct Profile: Sendable {
    package var terms: Terms
    package var conventions: Conventions
    /// Words in a store's name that make it an online store.
    package var onlineMarks: [String]
    /// In bytes.
    package var largestFile: Int
    package var signs: [Sign]
    /// The real layout first, then its variants; the first that fits is used.
    package var layouts: [Layout]

    package var reseller: String { terms.reseller }

    package func isOnline(store name: String) -> Bool {
        let folded = Folded.text(name)
        return onlineMarks.contains { mark in
            // A mark with = before it is the whole name: Skins SA calls its online store ON.
            mark.hasPrefix("=") ? folded == mark.dropFirst() : folded.contains(mark)
        }
    }
}
