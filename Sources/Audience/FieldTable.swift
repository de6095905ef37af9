/// The fields of all records of a batch, in the order in which they first came. Records are mostly alike: what followed a field in one
/// follows it in the next, so that most names are compared once and looked up never.
struct FieldTable {
    private(set) var names: [[UInt8]] = []
    /// Of each: must be a text, identifies.
    private var isText: [Bool] = []
    private var isIdentifying: [Bool] = []
    private var numbers: [[UInt8]: Int] = [:]
    /// The record in which each stood last.
    private var lastSeen: [Int] = []
    /// What followed each; the first place is for the beginning of a record.
    private var followers: [Int] = [-1]

    private static let texts = Set(RecordRule.texts.map { Array($0.utf8) })
    private static let identifying = Set(RecordRule.identifying.map { Array($0.utf8) })

    func mustBeText(_ field: Int) -> Bool { isText[field] }
    func identifies(_ field: Int) -> Bool { isIdentifying[field] }

    /// The field's number, which is new for a new name. `after` is that of the field before, -1 for none.
    mutating func number(of name: ArraySlice<UInt8>, after previous: Int) -> Int {
        let likely = followers[previous + 1]
        if likely >= 0, names[likely].count == name.count, names[likely].elementsEqual(name) { return likely }
        let key = Array(name)
        let number = numbers[key] ?? enter(key)
        followers[previous + 1] = number
        return number
    }

    private mutating func enter(_ name: [UInt8]) -> Int {
        let number = names.count
        numbers[name] = number
        names.append(name)
        isText.append(Self.texts.contains(name))
        isIdentifying.append(Self.identifying.contains(name))
        lastSeen.append(-1)
        followers.append(-1)
        return number
    }

    /// False where the record has it already.
    mutating func note(_ field: Int, in record: Int) -> Bool {
        guard lastSeen[field] != record else { return false }
        lastSeen[field] = record
        return true
    }
}

/// The names of the objects that are open, by which a name that comes twice is seen. Their hashes are kept: two names of one hash would
/// refuse a batch that is in order, once in more batches than there will be.
struct OpenNames {
    private var stack: [Set<UInt64>] = []

    mutating func begin() { stack.append([]) }
    mutating func end() { _ = stack.popLast() }

    /// False where the innermost object has it already.
    mutating func enter(_ name: some Sequence<UInt8>) -> Bool {
        guard !stack.isEmpty else { return true }
        // FNV-1a. The set hashes once more, with a seed that no stranger knows.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return stack[stack.count - 1].insert(hash).inserted
    }
}
