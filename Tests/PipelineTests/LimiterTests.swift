import Batches
import Pipeline
import Sellout
import Testing

@Suite struct LimiterTests {
    private func file(_ reseller: String, _ name: String = "", replace: Bool = false, suspect: Bool = false) -> QueuedFile {
        QueuedFile(batch: BatchID(), reseller: reseller, fileName: name, isReplace: replace, isSuspect: suspect)
    }

    @Test func `no more files run than allowed, and no more of one reseller`() {
        var limiter = Limiter(maxFiles: 5, maxFilesPerReseller: 2)
        for _ in 0..<10 { limiter.add(file("a")) }
        #expect((0..<10).compactMap { _ in limiter.admit() }.count == 2)
        for reseller in ["b", "c"] { for _ in 0..<10 { limiter.add(file(reseller)) } }
        #expect((0..<30).compactMap { _ in limiter.admit() }.map(\.reseller) == ["b", "c", "b"])
        #expect(limiter.waiting == 25)
    }

    @Test func `resellers take turns, and each keeps its order of arrival`() {
        var limiter = Limiter(maxFiles: 1, maxFilesPerReseller: 1)
        for name in ["1", "2", "3"] { limiter.add(file("flood", name)) }
        limiter.add(file("small", "1"))
        var order: [String] = []
        while let next = limiter.admit() {
            order.append(next.reseller + next.fileName)
            limiter.done(next)
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
        limiter.done(first)
        let turn = limiter.admit()
        let replace = try #require(turn)
        #expect(replace.isReplace)
        #expect(limiter.admit() == nil)
        limiter.done(replace)
        #expect(limiter.admit()?.fileName == "behind")
    }

    @Test func `a suspect waits until nothing runs, and nothing runs beside it`() throws {
        var limiter = Limiter()
        limiter.add(file("a"))
        let turn = limiter.admit()
        let running = try #require(turn)
        limiter.add(file("b", suspect: true))
        limiter.add(file("c"))
        #expect(limiter.admit() == nil)
        limiter.done(running)
        let later = limiter.admit()
        let suspect = try #require(later)
        #expect(suspect.isSuspect)
        #expect(limiter.admit() == nil)
        limiter.done(suspect)
        #expect(limiter.admit()?.reseller == "c")
    }

    @Test func `whatever comes and goes, the limits hold and everything runs once`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<50 {
            var limiter = Limiter(maxFiles: 4, maxFilesPerReseller: 2)
            var running: [QueuedFile] = []
            var ran: [BatchID] = []
            var added: [BatchID] = []
            for _ in 0..<300 {
                switch Int.random(in: 0..<3, using: &random) {
                case 0:
                    let new = file("r\(Int.random(in: 0..<4, using: &random))", replace: Int.random(in: 0..<5, using: &random) == 0)
                    added.append(new.batch)
                    limiter.add(new)
                case 1:
                    if let next = limiter.admit() {
                        running.append(next)
                        ran.append(next.batch)
                    }
                default: if let done = running.indices.randomElement(using: &random) { limiter.done(running.remove(at: done)) }
                }
                #expect(running.count <= 4)
                for (reseller, files) in Dictionary(grouping: running, by: \.reseller) {
                    #expect(files.count <= 2, "\(reseller)")
                    #expect(!files.contains(where: \.isReplace) || files.count == 1)
                }
            }
            running.forEach { limiter.done($0) }
            while let next = limiter.admit() {
                ran.append(next.batch)
                limiter.done(next)
            }
            #expect(ran.count == added.count && Set(ran) == Set(added))
        }
    }
}
