extension FileName {
    /// The name that a client gives to its upload, as a single name: what stands behind the last slash or backslash, cut at the border
    /// of a character where it is too long. Its ending stays, by which its kind is told.
    package init(uploadedAs name: some Collection<UInt8>) {
        let last = name.reversed().prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\") }.reversed().filter { $0 != 0 }
        self = FileName(FileName.cut(last)) ?? "upload"
    }

    private static func cut(_ name: [UInt8]) -> [UInt8] {
        guard name.count > longest else { return name }
        let ending = name.lastIndex(of: UInt8(ascii: ".")).map { name[$0...] } ?? []
        let kept = ending.count <= longestEnding ? ending : []
        var length = longest - kept.count
        while length > 0, name[length] & 0xC0 == 0x80 { length -= 1 }
        return Array(name[..<length] + kept)
    }

    private static let longestEnding = 16
}
