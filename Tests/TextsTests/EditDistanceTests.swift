import Testing
import Texts

@Suite struct EditDistanceTests {
    @Test(arguments: [("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("kitten", "sitting", 3), ("flaw", "lawn", 2)])
    func `letters put in, taken out and changed are counted, in either direction`(one: String, other: String, distance: Int) {
        for swaps in [false, true] {
            #expect(EditDistance.between(one, other, swaps: swaps) == distance)
            #expect(EditDistance.between(other, one, swaps: swaps) == distance)
        }
    }

    @Test(arguments: [("ab", "ba", 2, 1), ("bathces", "batches", 2, 1), ("abcd", "badc", 3, 2), ("ca", "abc", 3, 3)])
    func `swapped neighbours count once where that is asked for`(one: String, other: String, plain: Int, swapping: Int) {
        #expect(EditDistance.between(one, other) == plain)
        #expect(EditDistance.between(one, other, swaps: true) == swapping)
    }

    @Test func `a huge text costs no more than its first letters`() {
        let huge = String(repeating: "a", count: 1_000_000)
        #expect(EditDistance.between(huge, huge + "b") == 0)
        #expect(EditDistance.between(huge, "") == 200)
    }

    @Test(arguments: [("btches", "batches"), ("bathces", "batches"), ("STATUS", "status"), ("zzzzz", nil)] as [(String, String?)])
    func `a slip of the keyboard finds the name that was meant, a stranger finds none`(given: String, meant: String?) {
        #expect(Nearest.name(to: given, among: ["batches", "status", "show"]) == meant)
    }
}
