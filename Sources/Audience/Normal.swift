/// Texts of people, written in one way. Most are plain letters, and are looked at byte by byte; what holds others is taken as Unicode has it.
enum Normal {
    private static let legalForms: Set = [
        "ab", "ag", "aps", "as", "asa", "bv", "co", "corp", "gmbh", "inc", "kg", "lda", "llc", "ltd", "limited", "nv", "oy", "oyj", "plc",
        "sa", "sarl", "sas", "sl", "spa", "srl", "sro",
    ]
    /// In bytes; `s.a.r.l.` has dots.
    private static let longestForm = 24

    static func address(_ text: String) -> String? {
        let bare = foldedWithoutBlanks(text)
        guard let at = bare.firstIndex(of: UInt8(ascii: "@")), at > 0, let domain = domain(folded: bare[(at + 1)...]) else { return nil }
        return String(decoding: bare[...at], as: UTF8.self) + domain
    }

    static func domain(ofAddress address: String) -> String? {
        address.utf8.lastIndex(of: UInt8(ascii: "@")).map { String(address[address.index(after: $0)...]) }
    }

    static func domain(_ text: String) -> String? { domain(folded: foldedWithoutBlanks(text)[...]) }

    private static let starts = ["https://", "http://", "www."].map { Array($0.utf8) }

    private static func domain(folded: ArraySlice<UInt8>) -> String? {
        var bare = folded
        for start in starts where bare.starts(with: start) { bare = bare.dropFirst(start.count) }
        bare = bare.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: ":") }
        while bare.last == UInt8(ascii: ".") { bare = bare.dropLast() }
        guard bare.contains(UInt8(ascii: ".")), bare.first != UInt8(ascii: "."), !bare.contains(UInt8(ascii: "@")) else { return nil }
        return String(decoding: bare, as: UTF8.self)
    }

    static func person(_ text: String) -> String? {
        let joined = withSingleBlanks(text)
        guard !joined.isEmpty else { return nil }
        // Small and capital letters: somebody wrote it like a name.
        let isMixed = joined.utf8.contains { $0 &- 97 < 26 } && joined.utf8.contains { $0 &- 65 < 26 }
        guard !isMixed, joined == joined.uppercased() || joined == joined.lowercased() else { return joined }
        var isStart = true
        return String(
            joined.flatMap { letter -> String in
                defer { isStart = !letter.isLetter }
                return isStart ? letter.uppercased() : letter.lowercased()
            })
    }

    static func company(_ text: String) -> String? {
        var bare = withSingleBlanks(text)[...]
        guard !bare.isEmpty else { return nil }
        // `GmbH & Co. KG` ends in two of them.
        while let blank = bare.utf8.lastIndex(of: UInt8(ascii: " ")), isLegalForm(bare[bare.index(after: blank)...]) {
            bare = bare[..<blank]
        }
        return String(bare.hasSuffix(",") ? bare.dropLast() : bare)
    }

    private static func isLegalForm(_ word: Substring) -> Bool {
        guard word.utf8.count <= longestForm else { return false }
        return word == "&" || legalForms.contains(word.lowercased().filter(\.isLetter))
    }

    /// In small letters.
    private static func foldedWithoutBlanks(_ text: String) -> [UInt8] {
        var folded: [UInt8] = []
        folded.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            guard byte < 0x80 else { return Array(text.lowercased().split(whereSeparator: \.isWhitespace).joined().utf8) }
            if !isBlank(byte) { folded.append(byte &- 65 < 26 ? byte | 0x20 : byte) }
        }
        return folded
    }

    /// One between the words, none around them.
    private static func withSingleBlanks(_ text: String) -> String {
        var isBehindBlank = true
        for byte in text.utf8 {
            // Blanks beyond ASCII begin with these, and marks that join a blank.
            let isUnusual = isBlank(byte) && byte != 0x20 || byte == 0xC2 || byte == 0xCC || byte == 0xCD || (0xE1...0xE3).contains(byte)
            guard !isUnusual, !(byte == 0x20 && isBehindBlank) else { return joinedWords(text) }
            isBehindBlank = byte == 0x20
        }
        return isBehindBlank ? joinedWords(text) : text
    }

    private static func joinedWords(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 9 < 5 }
}
