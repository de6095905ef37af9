/// Where a part's references lead.
struct Relationships {
    struct Target {
        /// The last word of the relationship's type, which both editions of the standard share.
        let kind: String
        /// The part's name in the container.
        let part: String
    }

    private(set) var targets: [String: Target] = [:]

    /// Reads the relationships of a part; none where it has none.
    init(of part: String, in archive: ZipArchive, limits: Limits) throws(SpreadsheetFault) {
        let folder = part.split(separator: "/").dropLast().joined(separator: "/")
        let file = part.split(separator: "/").last.map(String.init) ?? ""
        guard let entry = archive.entry("\(folder)/_rels/\(file).rels") else { return }
        var found: [String: Target] = [:]
        try MarkupElements.list(try archive.contents(entry), named: entry.name, limits: limits) { element in
            guard element.name == "Relationship", let id = element.attributes["Id"], let target = element.attributes["Target"],
                element.attributes["TargetMode"]?.lowercased() != "external"
            else { return }
            // One more than allowed is enough to know.
            guard found.count <= limits.entries else { return }
            let kind = element.attributes["Type"]?.split(separator: "/").last.map(String.init) ?? ""
            found[id] = Target(kind: kind, part: Relationships.resolve(target, in: folder))
        }
        guard found.count <= limits.entries else { throw .limit("a part refers to more than \(limits.entries) others") }
        targets = found
    }

    func first(_ kind: String) -> String? { targets.values.first { $0.kind == kind }?.part }

    /// A target is relative to the part's folder unless it begins with a slash.
    static func resolve(_ target: String, in folder: String) -> String {
        let plain = String(target.map { $0 == "\\" ? "/" : $0 })
        var steps = plain.hasPrefix("/") ? [] : folder.split(separator: "/")
        for step in plain.split(separator: "/") where step != "." {
            if step == ".." { _ = steps.popLast() } else { steps.append(step) }
        }
        return steps.joined(separator: "/")
    }
}
