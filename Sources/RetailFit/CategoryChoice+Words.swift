import Sellout

/// Choices as a person writes and reads them: `Hair: Serums, Dyes; Skin: Masks`.
extension CategoryChoice {
    /// A category alone is chosen without a subcategory. Nil where a category's name is missing, or all of it.
    package static func list(reading text: String) -> [CategoryChoice]? {
        var choices: [CategoryChoice] = []
        for part in text.split(separator: ";") where !part.allSatisfy(\.isWhitespace) {
            let halves = part.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let category = trimmed(halves[0])
            guard !category.isEmpty else { return nil }
            let names = halves.count > 1 ? halves[1].split(separator: ",").map { trimmed(String($0)) }.filter { !$0.isEmpty } : []
            choices += (names.isEmpty ? [""] : names).map { CategoryChoice(category: category, subcategory: $0) }
        }
        return choices.isEmpty ? nil : choices
    }

    /// Each category once, with its subcategories as they were chosen.
    package static func words(_ choices: [CategoryChoice]) -> String {
        var names: [String] = []
        var subcategories: [String: [String]] = [:]
        for choice in choices {
            let key = Folded.text(choice.category)
            if subcategories[key] == nil { names.append(choice.category) }
            subcategories[key, default: []] += choice.subcategory.isEmpty ? [] : [choice.subcategory]
        }
        return names.map { name in
            let under = subcategories[Folded.text(name)] ?? []
            return under.isEmpty ? name : "\(name): \(under.joined(separator: ", "))"
        }.joined(separator: "; ")
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}

extension CategoryTree {
    /// The choices that are not among those on offer.
    package func unknown(_ choices: [CategoryChoice]) -> [CategoryChoice] {
        choices.filter { choice in
            guard let category = category(choice.category) else { return true }
            return !choice.subcategory.isEmpty && !category.subcategories.contains { Folded.text($0) == Folded.text(choice.subcategory) }
        }
    }

    /// However it is written.
    package func category(_ name: String) -> Category? { categories.first { Folded.text($0.name) == Folded.text(name) } }
}
