import Cells
import Ledger
import Operations
import Reports
import Sellout
import Testing

@Suite struct OperatorDeskTests {
    private let ledger = MemoryLedger()
    private var desk: OperatorDesk { Samples.desk(ledger) }

    private func refusal(_ body: () throws -> Void) -> Refused? { #expect(throws: Refused.self, performing: body) }

    @Test func `a batch is found by the first digits of its id, in either case, and only when they tell it from the others`() throws {
        let batches = [try Samples.batch("0badcafe", .completed), try Samples.batch("0badf00d", .completed)]
        ledger.change { $0.batches = batches }
        #expect(try desk.batch("0BADC").id == batches[0].id)
        #expect(try desk.batch(batches[1].id.text).id == batches[1].id)
        #expect(refusal { _ = try desk.batch("0bad") }?.sentence.hasPrefix("2 batches begin with 0bad; give more digits: ") == true)
        #expect(refusal { _ = try desk.batch("0ba") }?.reason == .wrong)
        #expect(refusal { _ = try desk.batch("%%%%") }?.reason == .wrong)
        #expect(refusal { _ = try desk.batch("ffff") }?.sentence == "There is no batch ffff.")
    }

    @Test(arguments: [BatchState.pending, .processing, .approved, .completed, .failed, .cancelled])
    func `what may not be approved is told with its present state, and nothing is changed`(state: BatchState) throws {
        let batch = try Samples.batch("0badcafe", state)
        ledger.change { $0.batches = [batch] }
        let sentence = refusal { _ = try desk.approve("0badcafe") }?.sentence
        #expect(sentence == "Batch 0badcafe (march.csv) is \(state.rawValue) and cannot be approved.")
        #expect(ledger.batch(batch.id)?.state == state)
        #expect(ledger.content.withLock { $0.audit.isEmpty })
    }

    @Test func `a batch that is being read is not retried, one that waits for approval is cancelled before it is deleted`() throws {
        let batches = [try Samples.batch("aaaaaaaa", .processing), try Samples.batch("bbbbbbbb", .stagingComplete)]
        ledger.change { $0.batches = batches }
        #expect(refusal { _ = try desk.retry("aaaa") }?.reason == .forbidden)
        #expect(refusal { _ = try desk.delete("bbbb", reason: "why") }?.sentence.hasSuffix("cannot be deleted. Cancel it first.") == true)
        #expect(refusal { _ = try desk.delete("bbbb", reason: " ") }?.sentence == "Deleting a batch needs a reason.")
        #expect(try desk.cancel("bbbb", reason: "wrong file").batch.state == .cancelled)
        _ = try desk.delete("bbbb", reason: "wrong file")
        #expect(try desk.audit(batch: "bbbb", limit: 10).map(\.action) == ["delete", "cancel"])
        #expect(try desk.audit(limit: 1).map(\.actor) == ["anna"])
    }

    @Test func `a state that changes meanwhile is told as it is then`() throws {
        let batch = try Samples.batch("0badcafe", .stagingComplete)
        let step = try #require(#expect(throws: ForbiddenStep.self) { try BatchState.cancelled.moved(to: .approved) })
        ledger.change {
            $0.batches = [batch]
            $0.fault = .forbidden(step)
        }
        #expect(refusal { _ = try desk.approve("0badcafe") }?.sentence == "Batch 0badcafe (march.csv) is cancelled and cannot be approved.")
    }

    @Test func `without a profile nothing is approved`() throws {
        let batch = try Samples.batch("0badcafe", .stagingComplete, reseller: "gone")
        ledger.change { $0.batches = [batch] }
        #expect(refusal { _ = try desk.approve("0badcafe") }?.sentence.contains("no profile of reseller gone") == true)
    }

    @Test func `a code is mapped to a known product, and what waits for it is told`() throws {
        let products = try Samples.products()
        ledger.change {
            $0.products = products
            $0.unmapped = [UnmappedProduct(reseller: "boxnox", code: "SOAP  club", name: "", waits: WaitingSums(rows: 7, batches: 2))]
        }
        let outcome = try desk.map(reseller: "boxnox", code: "Soap Club", ean: "7350154320008")
        #expect(outcome.sentence == "boxnox: Soap Club is 7350154320008 BBSC100; 7 rows of 2 batches are resolved again.")
        #expect(ledger.content.withLock { $0.taken.count } == 1)
        #expect(try desk.map(reseller: "boxnox", code: "other", ean: "7350154320060").sentence.hasSuffix("; no row waits for it."))
    }

    @Test func `mapping to what is no product changes nothing and names the nearest`() throws {
        let products = try Samples.products()
        ledger.change { $0.products = products }
        let unknown = refusal { _ = try desk.map(reseller: "boxnox", code: "A", ean: "7350154320009") }
        #expect(unknown?.sentence == "7350154320009 is not among the products; the nearest is 7350154320008 BBSC100.")
        #expect(refusal { _ = try desk.map(reseller: "boxnox", code: "A", ean: "123") }?.reason == .wrong)
        #expect(refusal { _ = try desk.map(reseller: "boxnox", code: " ", ean: "7350154320008") }?.sentence == "The code is empty.")
        #expect(
            refusal { _ = try desk.map(reseller: "bocnox", code: "A", ean: "7350154320008") }?.sentence
                == "There is no reseller bocnox; is boxnox meant?")
        #expect(ledger.content.withLock { $0.taken.isEmpty })
    }

    @Test func `a code mapped anew keeps its spelling and names what it was`() throws {
        let products = try Samples.products()
        ledger.change {
            $0.products = products
            $0.mappings = [ProductMapping(reseller: "boxnox", code: "Soap Club", ean: products[1].ean)]
        }
        let outcome = try desk.map(reseller: "boxnox", code: "SOAP CLUB", ean: "7350154320008")
        #expect(outcome.mapping.code == "Soap Club" && outcome.previous == products[1].ean)
        #expect(outcome.sentence.contains("no longer 7350154320060"))
    }

    @Test func `a file of mappings is taken line by line, from its first sheet, and for known resellers only`() throws {
        let header = ["reseller", "code", "ean"]
        let reading = LinesReading(sheets: [
            ("mappings", [header, ["Boxnox", "A", "7350154320008"], ["nobody", "B", "7350154320008"]]), ("notes", [["ask anna"]]),
        ])
        let taken = try desk.importReference(.mappings, from: reading)
        #expect(taken.change == ReferenceChange(new: 1, changed: 0, unchanged: 0))
        #expect(taken.refusedSentence == "1 of 2 lines could not be taken as they are.")
        #expect(taken.problems.map(\.row) == [3])
        let wrong = refusal { _ = try desk.importReference(.products, from: reading) }
        #expect(wrong?.sentence.contains("It looks like mappings.") == true)
    }

    @Test func `the standing counts states, resellers without a profile too, and shows the last answers`() throws {
        var owing = try Samples.batch("cccccccc", .failed, reseller: "gone")
        owing.revision = 1
        let batches = [try Samples.batch("aaaaaaaa", .pending), try Samples.batch("bbbbbbbb", .stagingComplete), owing]
        ledger.change {
            $0.batches = batches
            $0.unmapped = [UnmappedProduct(reseller: "boxnox", code: "A", name: "", waits: WaitingSums(rows: 3, batches: 1))]
        }
        let standing = try desk.standing()
        #expect(standing.waitingForApproval == 1 && standing.waitingRows == 3 && standing.owedReports == 1)
        #expect(standing.resellers.map(\.name) == ["boxnox", "gone", "liberty"])
        #expect(standing.resellers[0].batches == [.pending: 1, .stagingComplete: 1])
        #expect(standing.lastAnswers.map(\.batch.id.short) == ["bbbbbbbb", "cccccccc"])
    }

    @Test func `errors of any number come in pieces up to the limit`() throws {
        let batch = try Samples.batch("0badcafe", .partialSuccess)
        ledger.change {
            $0.batches = [batch]
            $0.errors[batch.id] = (1...2500).map { RowError(sheet: "S", row: $0, type: .invalidQuantity, message: "no") }
        }
        var rows: [Int] = []
        try desk.errors(of: batch) { rows += $0.map(\.row) }
        #expect(rows == Array(1...2500))
        rows = []
        try desk.errors(of: batch, limit: 1200) { rows += $0.map(\.row) }
        #expect(rows == Array(1...1200))
        #expect(try desk.report("0badcafe").rowErrors.count == 1000)
    }
}
