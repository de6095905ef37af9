import Operations
import Testing

@Suite struct NearestTests {
    @Test(arguments: [("btches", "batches"), ("bathces", "batches"), ("STATUS", "status"), ("zzzzz", nil)] as [(String, String?)])
    func `a slip of the keyboard finds the name that was meant, a stranger finds none`(given: String, meant: String?) {
        #expect(Nearest.name(to: given, among: ["batches", "status", "show"]) == meant)
    }
}
