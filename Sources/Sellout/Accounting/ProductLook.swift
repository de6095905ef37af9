/// Tells a product's text from other texts: a perfume's has a size in it.
enum ProductLook {
    /// `Boy of June EDP 100 ml`, `świeca 310g`.
    static func isSeen(in folded: String) -> Bool {
        let words = folded.split { !($0.isLetter || $0.isNumber) }
        for (place, word) in words.enumerated() {
            let digits = word.prefix { $0.isNumber }
            guard !digits.isEmpty else { continue }
            let unit = word.dropFirst(digits.count)
            if units.contains(String(unit)) { return true }
            if unit.isEmpty, place + 1 < words.count, units.contains(String(words[place + 1])) { return true }
        }
        return false
    }

    private static let units: Set<String> = ["ml", "g", "gr", "cl", "oz"]
}
