/// A file's name without its ending and without what browsers add to copies: ` (1)`, `__5_`.
enum FileStem {
    static func of(_ name: String) -> String {
        var stem = Substring(name)
        if let dot = stem.lastIndex(of: "."), dot > stem.startIndex, stem.distance(from: dot, to: stem.endIndex) <= 5 {
            stem = stem[..<dot]
        }
        while let shorter = withoutSuffix(stem, "(", ")") ?? withoutSuffix(stem, "__", "_") { stem = shorter }
        return String(stem)
    }

    private static func withoutSuffix(_ stem: Substring, _ opening: String, _ closing: String) -> Substring? {
        guard stem.hasSuffix(closing) else { return nil }
        var rest = stem.dropLast(closing.count)
        let digits = rest.reversed().prefix { $0.isASCII && $0.isNumber }.count
        guard (1...3).contains(digits) else { return nil }
        rest = rest.dropLast(digits)
        guard rest.hasSuffix(opening) else { return nil }
        rest = rest.dropLast(opening.count)
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return rest
    }
}
