/// A name as a profile writes it: compared folded, `*` stands for any run of characters, `#` for one digit.
package struct NamePattern: Hashable, Sendable {
    package let text: String
    private let scalars: [Unicode.Scalar]

    package init(_ text: String) {
        self.text = text
        scalars = Array(Folded.text(text).unicodeScalars)
    }

    /// `name` must be folded.
    func matches(folded name: String) -> Bool {
        let name = Array(name.unicodeScalars)
        // Where to go on when a run was too short: just behind the last star, and one character further in the name.
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
