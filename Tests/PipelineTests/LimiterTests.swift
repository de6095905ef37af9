import Batches
import Chances
import Pipeline
import Sellout
import TestKit
import Testing

@Suite struct LimiterTests {
    private func file(_ reseller: String, _ name: String = "", replace: Bool = false, suspect: Bool = false) -> Batch {
        var batch = Batch(
            id: BatchID(), reseller: reseller, filename: name, mode: replace ? .replace : .append, sizeBytes: 0, host: "",
            receivedAt: Timestamp(milliseconds: 0))
        if suspect { batch.crashes = 1 }
        return batch
    }

    @Test func `no more files run than allowed, and everybody has a share before anybody has more`() {
        var limiter = Limiter(maxFiles: 8, maxFilesPerReseller: 2)
        for reseller in ["a", "b", "c"] { for _ in 0..<10 { limiter.add(file(reseller)) } }
        #expect((0..<30).compactMap { _ in limiter.admit() }.map(\.reseller).joined() == "abcabcab")
        #expect(limiter.waiting == 22)
    }

    @Test func `while nobody else waits one reseller has all places, and its share shrinks as soon as somebody does`() throws {
        var limiter = Limiter(maxFiles: 6, maxFilesPerReseller: 2)
        for _ in 0..<20 { limiter.add(file("flood")) }
        var running = (0..<10).compactMap { _ in limiter.admit() }
        #expect(running.count == 6)
        for _ in 0..<10 { limiter.add(file("late")) }
        var order = ""
        for _ in 0..<8 {
            limiter.done(running.removeFirst().id)
            let turn = limiter.admit()
            running.append(try #require(turn))
            order += running.last?.reseller == "late" ? "l" : "f"
        }
        // The next places are the late one's until both have as many; then each gets back what it gives.
        #expect(order.hasPrefix("lll") && running.count { $0.reseller == "late" } == 3, "\(order)")
    }

    @Test func `a batch that waits or runs is not added again`() {
        var limiter = Limiter()
        let batch = file("a")
        for _ in 0..<3 { limiter.add(batch) }
        #expect(limiter.waiting == 1 && limiter.admit() != nil && limiter.admit() == nil)
        limiter.add(batch)
        #expect(limiter.admit() == nil && limiter.isRunning(batch.id))
        limiter.done(batch.id)
        #expect(limiter.isIdle)
    }

    @Test func `resellers take turns, and each keeps its order of arrival`() {
        var limiter = Limiter(maxFiles: 1, maxFilesPerReseller: 1)
        for name in ["1", "2", "3"] { limiter.add(file("flood", name)) }
        limiter.add(file("small", "1"))
        var order: [String] = []
        while let next = limiter.admit() {
            order.append(next.reseller + next.filename)
            limiter.done(next.id)
        }
        #expect(order == ["flood1", "small1", "flood2", "flood3"])
    }

    @Test func `a replace runs alone within its reseller, and others go on`() throws {
        var limiter = Limiter()
        let first = file("a")
        limiter.add(first)
        limiter.add(file("a", replace: true))
        limiter.add(file("a", "behind"))
        limiter.add(file("b"))
        #expect(limiter.admit() == first)
        #expect(limiter.admit()?.reseller == "b")
        #expect(limiter.admit() == nil)
        limiter.done(first.id)
        let turn = limiter.admit()
        let replace = try #require(turn)
        #expect(replace.mode == .replace)
        #expect(limiter.admit() == nil)
        limiter.done(replace.id)
        #expect(limiter.admit()?.filename == "behind")
    }

    @Test func `a suspect waits until nothing runs, and nothing runs beside it`() throws {
        var limiter = Limiter()
        limiter.add(file("a"))
        let turn = limiter.admit()
        let running = try #require(turn)
        limiter.add(file("b", suspect: true))
        limiter.add(file("c"))
        #expect(limiter.admit() == nil)
        limiter.done(running.id)
        let later = limiter.admit()
        let suspect = try #require(later)
        #expect(suspect.crashes == 1)
        #expect(limiter.admit() == nil)
        limiter.done(suspect.id)
        #expect(limiter.admit()?.reseller == "c")
    }

    @Test func `whatever comes and goes, the limits hold and everything runs once`() {
        for seed in 0..<50 {
            var random = Chance(seed: UInt64(seed))
            var limiter = Limiter(maxFiles: 4, maxFilesPerReseller: 2)
            var running: [Batch] = []
            var ran: [BatchID] = []
            var added: [BatchID] = []
            for _ in 0..<300 {
                switch Int.random(in: 0..<3, using: &random) {
                case 0:
                    let new = file("r\(Int.random(in: 0..<4, using: &random))", replace: Int.random(in: 0..<5, using: &random) == 0)
                    added.append(new.id)
                    limiter.add(new)
                case 1:
                    if let next = limiter.admit() {
                        running.append(next)
                        ran.append(next.id)
                    }
                default: if let done = running.indices.randomElement(using: &random) { limiter.done(running.remove(at: done).id) }
                }
                #expect(running.count <= 4)
                for (reseller, files) in Dictionary(grouping: running, by: \.reseller) {
                    #expect(!files.contains { $0.mode == .replace } || files.count == 1, "\(reseller)")
                }
            }
            running.forEach { limiter.done($0.id) }
            while let next = limiter.admit() {
                ran.append(next.id)
                limiter.done(next.id)
            }
            #expect(ran.count == added.count && Set(ran) == Set(added))
        }
    }
}
