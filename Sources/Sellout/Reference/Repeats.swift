/// Remembers what the lines of a file have said, to find a later line that says otherwise: which of the two is meant, only its
/// writer knows. Hashes are enough, and beyond so many lines nothing more is remembered.
struct Repeats {
    private static let remembered = 200_000

    private var said: [Int: (value: Int, row: Int)] = [:]

    /// The row that said another value of the same key; nil where none did.
    mutating func contradiction(of key: some Hashable, saying value: some Hashable, row: Int) -> Int? {
        let (key, value) = (key.hashValue, value.hashValue)
        if let before = said[key] { return before.value == value ? nil : before.row }
        if said.count < Repeats.remembered { said[key] = (value, row) }
        return nil
    }
}
