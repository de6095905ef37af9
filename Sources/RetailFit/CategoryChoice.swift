import Sellout

/// A subcategory within its category, as somebody wrote it.
package struct CategoryChoice: Hashable, Sendable {
    package let category: String
    package let subcategory: String

    package init(category: String, subcategory: String) {
        self.category = category
        self.subcategory = subcategory
    }

    /// Case and blanks make no difference.
    package var folded: CategoryChoice { CategoryChoice(category: Folded.text(category), subcategory: Folded.text(subcategory)) }
}

/// The categories that can be chosen, in the order in which they are offered.
package struct CategoryTree: Hashable, Sendable {
    package struct Category: Hashable, Sendable {
        package let name: String
        package fileprivate(set) var subcategories: [String]
    }

    package private(set) var categories: [Category]

    /// The trade's own ones.
    package static let standard = CategoryTree([
        ("Makeup", ["Face", "Eyes", "Lips", "Nail"]),
        ("Skin", ["Moisturizers", "Cleansers", "Masks", "Toners", "Body Care", "Eye Care", "Lip Care", "Sun Care"]),
        ("Hair", ["Hair Care"]),
        (
            "Bath & Body",
            ["Bath & Shower", "Body Care", "Shaving & Hair Removal", "Men's Grooming", "Hands & Feet", "Hygiene Essentials", "Oral Care"]
        ),
        ("Mom & Baby", ["Baby Care", "Maternity Care", "Kids Care", "Nursing & Feeding"]),
        ("Health & Wellness", ["Health Supplements", "Beauty Supplements", "Sports Nutrition", "Weight Management", "Health Foods"]),
    ])

    private init(_ categories: [(String, [String])]) {
        self.categories = categories.map { Category(name: $0.0, subcategories: $0.1) }
    }

    /// With those that products have, behind the others and as written there.
    package func adding(_ choices: some Sequence<CategoryChoice>) -> CategoryTree {
        var tree = self
        var places = Dictionary(categories.enumerated().map { (Folded.text($0.element.name), $0.offset) }) { first, _ in first }
        var known = categories.map { Set($0.subcategories.map(Folded.text)) }
        for choice in choices {
            let name = Folded.text(choice.category)
            guard !name.isEmpty else { continue }
            let place = places[name] ?? tree.categories.count
            if place == tree.categories.count {
                places[name] = place
                tree.categories.append(Category(name: choice.category, subcategories: []))
                known.append([])
            }
            let subcategory = Folded.text(choice.subcategory)
            guard !subcategory.isEmpty, known[place].insert(subcategory).inserted else { continue }
            tree.categories[place].subcategories.append(choice.subcategory)
        }
        return tree
    }
}
