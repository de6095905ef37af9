import Settings

/// A name as a profile writes it. Case does not count, `*` stands for any run of characters, `#` for one digit.
struct NamePattern: Hashable, Sendable {
    let text: String
    private let scalars: [Unicode.Scalar]

    init(_ text: String) {
        self.text = text
        scalars = Array(Folded.text(text).unicodeScalars)
    }

    /// As a person would write such a name: `product_ranking_2025`.
    var example: String {
        var digits = Array("2025042025".reversed())
        return String(text.compactMap { $0 == "#" ? digits.popLast() ?? "1" : $0 == "*" ? "…" : $0 })
    }

    /// `name` must be folded.
    func matches(folded name: String) -> Bool {
        let name = Array(name.unicodeScalars)
        // Where to go on if a star stood for too little: behind that star, and one character further in the name.
        var (place, at) = (0, 0)
        var retry: (place: Int, at: Int)?
        while at < name.count {
            if place < scalars.count, scalars[place] == "*" {
                retry = (place + 1, at)
                place += 1
            } else if place < scalars.count, scalars[place] == name[at] || scalars[place] == "#" && ("0"..."9").contains(name[at]) {
                place += 1
                at += 1
            } else if let last = retry {
                retry = (last.place, last.at + 1)
                (place, at) = (last.place, last.at + 1)
            } else {
                return false
            }
        }
        return scalars[place...].allSatisfy { $0 == "*" }
    }

    func matches(_ name: String) -> Bool { matches(folded: Folded.text(name)) }
}

extension [NamePattern] {
    func match(folded name: String) -> Bool { contains { $0.matches(folded: name) } }

    func match(_ name: String) -> Bool { !isEmpty && match(folded: Folded.text(name)) }
}

extension SettingsNode {
    func namePatterns(_ key: String) -> [NamePattern] { texts(key).map { NamePattern($0) } }
}
