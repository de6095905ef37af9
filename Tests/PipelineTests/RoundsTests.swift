import Batches
import Folders
import Ledger
import Linux
import Sellout
import TestKit
import Testing

@testable import Pipeline

/// The rounds decide without a folder, a ledger or a clock: what happens is told, what is to be done is read.
@Suite struct RoundsTests {
    private var rounds: Rounds<TestInstant>
    private var now = TestInstant.after(0)

    init() { rounds = Rounds(pace: Pace(settle: .zero), limiter: Limiter(maxFiles: 4, maxFilesPerReseller: 2), at: .after(0)) }

    private mutating func take(_ news: News) -> [Errand] { rounds.take(news, at: now) }

    /// Started, with these inboxes and nothing in them.
    private mutating func begin(_ inboxes: [Inbox] = [.reseller("a"), .reseller("b")]) {
        _ = take(.started)
        _ = take(.looked(look(inboxes)))
        _ = take(.handed(.success([])))
        _ = take(.stock(Stock(), []))
    }

    private func look(_ inboxes: [Inbox], _ files: [Place] = []) -> Look {
        let found = Dictionary(grouping: files.map { seen($0) }, by: \.place.inbox)
        return Look(Survey(inboxes), found: Dictionary(inboxes.map { ($0, found[$0] ?? []) }, uniquingKeysWith: { $1 }))
    }

    private func seen(_ place: Place) -> FoundFile {
        let time = Timestamp(seconds: 1_000_000)
        return FoundFile(
            place: place, fingerprint: Fingerprint(device: 1, inode: 1, size: 9, modified: time, changed: time), age: .seconds(60))
    }

    private func place(_ reseller: String, _ number: Int) -> Place { Place(.reseller(reseller), FileName("\(number).csv") ?? "x") }

    private func batch(_ reseller: String, _ change: (inout Batch) -> Void = { _ in }) -> Batch {
        var batch = Batch(
            id: BatchID(), reseller: reseller, filename: "a.csv", mode: .append, sizeBytes: 9, host: "h",
            receivedAt: Timestamp(milliseconds: 0))
        change(&batch)
        return batch
    }

    /// Answers the doors' errands as if all went well, until there are none; the senders in the order in which files were claimed.
    private mutating func claimAll(_ first: [Errand], most: Int = .max) -> [String] {
        var claimed: [String] = []
        var open = first
        while !open.isEmpty, claimed.count < most {
            switch open.removeFirst() {
            case .visit(let sender, let places): open += take(.visited(sender, places, .success(places.map { seen($0) })))
            case .claim(let sender, let wishes):
                claimed += wishes.map { _ in sender.description }
                open += take(.claimed(sender, wishes.map { ($0.place, .gone) }, entered: [], []))
            default: break
            }
        }
        return claimed
    }

    @Test mutating func `nothing is begun before the start, and inboxes and books are looked through first`() {
        #expect(take(.ledgerChanged).isEmpty && take(.woke).isEmpty)
        let errands = take(.started)
        #expect(errands.map(\.name) == ["look", "look for uploads", "take stock"])
        #expect(!rounds.haveSwept)
        _ = take(.looked(look([])))
        _ = take(.stock(Stock(), []))
        #expect(rounds.haveSwept)
        #expect(rounds.wakes(after: now) == .after(60))
    }

    @Test mutating func `a file that an event told of is looked at, claimed and read`() {
        begin()
        let visit = take(.heard([.touched(place("a", 1))]))
        #expect(visit.map(\.name) == ["visit a 1"])
        let claim = take(.visited(.reseller("a"), [place("a", 1)], .success([seen(place("a", 1))])))
        #expect(claim.map(\.name) == ["claim a 1"])
        let entered = batch("a")
        let read = take(.claimed(.reseller("a"), [(place("a", 1), .gone)], entered: [entered], [.works(.ledger)]))
        #expect(read.map(\.name) == ["read a"])
        let answer = take(.ended(entered.id, .settled(entered, isBehind: false)))
        #expect(answer.map(\.name) == ["answer a 1"])
        #expect(take(.answered(.reseller("a"), [entered.id], [])).isEmpty)
        #expect(rounds.areIdle)
    }

    @Test mutating func `while a profile cannot be used its reseller's files are neither claimed nor read, and others' are; then all are`()
    {
        begin()
        _ = take(.profiles(.only(["a"]), []))
        _ = claimAll(take(.looked(look([.reseller("a"), .reseller("b")]))))
        var waiting = Stock()
        waiting.pending = [batch("a"), batch("a") { $0.crashes = 1 }, batch("b")]
        #expect(take(.stock(waiting, [])).map(\.name) == ["read b"])
        #expect(take(.heard([.touched(place("a", 1))])).isEmpty)
        #expect(take(.heard([.touched(place("b", 1))])).map(\.name) == ["visit b 1"])
        let errands = take(.profiles(.nobody, []))
        #expect(errands.map(\.name).contains("take stock") && !errands.map(\.name).contains("visit a 1"))
        // What was left in the spool comes before what is still at the door.
        #expect(take(.stock(Stock(), [])).map(\.name).contains("visit a 1"))
    }

    @Test mutating func `a reader that failed is no trouble while only files wait whose profile cannot be used`() {
        begin()
        var waiting = Stock()
        waiting.pending = [batch("a")]
        _ = take(.profiles(.only(["a"]), []))
        _ = take(.stock(waiting, [.fails(.reader, "No reader can be had.")]))
        #expect(rounds.troubles[.reader] == nil)
        _ = take(.profiles(.nobody, []))
        _ = take(.stock(waiting, [.fails(.reader, "No reader can be had.")]))
        #expect(rounds.troubles[.reader] != nil)
    }

    @Test mutating func `once the ledger is found damaged nothing is begun or told any more, and a stop waits for nobody's answer`() {
        begin()
        let (ended, other) = (batch("a"), batch("b"))
        var waiting = Stock()
        waiting.pending = [ended, other]
        _ = take(.ledgerChanged) + take(.stock(waiting, []))
        let told = take(.ended(other.id, .givenBack(Troubles.Condition(.damage("page 7")))))
        #expect(told.map(\.name) == ["troubled"])
        #expect(take(.ended(ended.id, .settled(ended, isBehind: false))).isEmpty)
        now = .after(600)
        #expect(take(.woke).isEmpty && take(.ledgerChanged).isEmpty && take(.heard([.touched(place("b", 1))])).isEmpty)
        #expect(rounds.troubles.reasonsNotReady == ["page 7"])
        #expect(rounds.wakes(after: now) == nil)
        _ = take(.stopping)
        #expect(rounds.areIdle)
    }

    @Test mutating func `whoever drops twenty thousand files keeps nobody else waiting`() {
        begin()
        let flood = (0..<20_000).map { FolderEvent.touched(place("a", $0)) }
        var open = take(.heard(flood))
        open += take(.heard([.touched(place("b", 1))]))
        let order = claimAll(open, most: 100)
        let turn = order.firstIndex(of: "b") ?? .max
        #expect(turn <= 2 * Doorstep<TestInstant>.slice)
    }

    @Test mutating func `no more is claimed of a reseller while many of its files wait for their turn, and others' are`() {
        begin()
        var waiting = Stock()
        waiting.pending = (0..<40).map { _ in batch("a") }
        let reads = take(.ledgerChanged) + take(.stock(waiting, []))
        let running = reads.compactMap { if case .read(let batch) = $0 { batch } else { nil } }
        #expect(running.count == 4)
        #expect(take(.heard([.touched(place("b", 1))])).map(\.name) == ["visit b 1"])
        _ = take(.visited(.reseller("b"), [place("b", 1)], .success([nil])))
        #expect(take(.heard([.touched(place("a", 1))])).isEmpty)
        var ended = running
        var visits = 0
        while let next = ended.popLast() {
            var errands = take(.ended(next.id, .overtaken(next)))
            while !errands.isEmpty {
                switch errands.removeFirst() {
                case .read(let batch): ended.append(batch)
                case .visit: visits += 1
                case .answer(let sender, let batches): errands += take(.answered(sender, batches, []))
                default: break
                }
            }
        }
        #expect(visits == 1)
    }

    @Test mutating func `at one door there is one errand at a time, and a name that comes again meanwhile is looked at again`() {
        begin()
        _ = take(.heard([.touched(place("a", 1))]))
        #expect(take(.heard([.touched(place("a", 2))])).isEmpty)
        let claim = take(.visited(.reseller("a"), [place("a", 1)], .success([seen(place("a", 1))])))
        #expect(claim.map(\.name) == ["claim a 1"])
        // Another file under the same name, while the first one is being claimed.
        #expect(take(.heard([.touched(place("a", 1))])).isEmpty)
        let again = take(.claimed(.reseller("a"), [(place("a", 1), .gone)], entered: [], []))
        #expect(again.map(\.name) == ["visit a 2"])
        let last = claimAll(again)
        #expect(last.count == 2)
    }

    @Test mutating func `while the ledger is in trouble nothing is claimed, and everything is tried at growing pauses`() {
        begin()
        _ = take(.ledgerChanged)
        let told = take(.stock(nil, [.fails(.ledger, "The disk is full.")]))
        #expect(told.map(\.name) == ["troubled"])
        #expect(take(.heard([.touched(place("a", 1))])).isEmpty)
        for pause in [1.0, 2, 4, 8, 16, 32, 60, 60] {
            let due = now.advanced(by: .seconds(pause))
            // The sweep once a minute goes on beside.
            if pause < 60 { #expect(rounds.wakes(after: now) == min(due, rounds.nextSweep)) }
            now = due
            // Uploads have tries of their own, but with the sweep.
            #expect(take(.woke).map(\.name).filter { $0 != "look for uploads" } == ["look", "take stock"])
            _ = take(.looked(look([.reseller("a")], [place("a", 1)])))
            #expect(take(.stock(nil, [.fails(.ledger, "The disk is full.")])).isEmpty)
        }
        now = now.advanced(by: .seconds(60))
        _ = take(.woke)
        let works = take(.stock(Stock(), [.works(.ledger)]))
        #expect(works.map(\.name) == ["recovered the ledger", "visit a 1"])
        #expect(rounds.troubles.reasonsNotReady.isEmpty)
    }

    @Test mutating func `a door that lets nobody take its files is named, makes nothing red, and is tried again at growing pauses`() {
        begin()
        _ = take(.heard([.touched(place("a", 1))]))
        let fault = SystemFault("open", path: "/r/a/inbox", errno: 13)
        let told = take(.visited(.reseller("a"), [place("a", 1)], .failure(fault)))
        #expect(told.map(\.name) == ["troubled"])
        #expect(rounds.troubles.all.count == 1 && rounds.troubles.reasonsNotReady.isEmpty)
        #expect(rounds.wakes(after: now) == .after(1))
        // The other door is not held up.
        #expect(take(.heard([.touched(place("b", 1))])).map(\.name) == ["visit b 1"])
        now = .after(1)
        #expect(take(.woke).map(\.name) == ["visit a 1"])
        _ = take(.visited(.reseller("a"), [place("a", 1)], .failure(fault)))
        #expect(rounds.wakes(after: now) == .after(3))
        now = .after(3)
        _ = take(.woke)
        _ = take(.visited(.reseller("a"), [place("a", 1)], .success([seen(place("a", 1))])))
        let opened = take(.claimed(.reseller("a"), [(place("a", 1), .gone)], entered: [], []))
        #expect(opened.map(\.name) == ["recovered taking files out of a/inbox"])
    }

    @Test mutating func `a claim that the surroundings forbid makes readiness red until one goes well`() {
        begin()
        _ = take(.heard([.touched(place("a", 1))]))
        _ = take(.visited(.reseller("a"), [place("a", 1)], .success([seen(place("a", 1))])))
        let full = SystemFault("mkdir", path: "/r/.spool/x", errno: 28)
        _ = take(.claimed(.reseller("a"), [(place("a", 1), .failed(full))], entered: [], []))
        #expect(rounds.troubles.reasonsNotReady.count == 1)
        now = .after(1)
        _ = take(.woke)
        _ = take(.visited(.reseller("a"), [place("a", 1)], .success([seen(place("a", 1))])))
        _ = take(.claimed(.reseller("a"), [(place("a", 1), .gone)], entered: [], []))
        #expect(rounds.troubles.reasonsNotReady.isEmpty)
    }

    @Test mutating func `folders that cannot be opened are named each by itself, and gone from the status when they can`() {
        begin()
        var closed = look([.reseller("b")])
        closed.survey?.troubles = [
            "/r/a": SystemFault("open", path: "/r/a", errno: 13), "/r/x": SystemFault("open", path: "/r/x", errno: 5),
        ]
        closed.survey?.unseen = [.reseller("a"), .reseller("x")]
        now = .after(60)
        _ = take(.woke)
        #expect(take(.looked(closed)).map(\.name) == ["troubled", "troubled", "swept"])
        #expect(rounds.troubles.all.count == 2 && rounds.troubles.reasonsNotReady.isEmpty)
        // Nothing of it is forgotten meanwhile.
        #expect(rounds.doorsteps[.reseller("a")] != nil)
        now = .after(120)
        _ = take(.woke)
        #expect(take(.looked(look([.reseller("a"), .reseller("b")]))).map(\.name) == ["recovered /r/a", "recovered /r/x", "swept"])
    }

    @Test mutating func `doors whose folders have gone are forgotten`() {
        begin()
        _ = take(.heard([.touched(Place(.reseller("a"), "x.part"))]))
        now = .after(60)
        _ = take(.woke)
        _ = take(.looked(look([.reseller("b")])))
        #expect(rounds.doorsteps.keys.map(\.description) == ["b"])
    }

    @Test mutating func `a try that was not the file's fault is given back after a second, and its batch comes again with the next stock`()
    {
        begin()
        let file = batch("a")
        var stock = Stock()
        stock.pending = [file]
        _ = take(.ledgerChanged)
        #expect(take(.stock(stock, [])).map(\.name) == ["read a"])
        _ = take(.ended(file.id, .givenBack(.fails(.motion, "still moving"))))
        #expect(rounds.wakes(after: now) == .after(1))
        now = .after(1)
        #expect(take(.woke).map(\.name) == ["give back 1"])
        // With a full disk even that may fail.
        _ = take(.gaveBack([], [.fails(.ledger, "full")]))
        now = .after(2)
        #expect(take(.woke).map(\.name).contains("give back 1"))
        _ = take(.stock(nil, []))
        let next = take(.gaveBack([file.id], [.works(.ledger)]))
        #expect(next.map(\.name).contains("take stock"))
    }

    @Test mutating func `nothing is claimed before it is known what lies in the spool, or it would overtake that`() {
        _ = take(.started)
        _ = take(.looked(look([.reseller("a")], [place("a", 1)])))
        #expect(take(.woke).isEmpty)
        _ = take(.stock(nil, [.fails(.spool, "unreadable")]))
        now = .after(1)
        _ = take(.woke)
        #expect(take(.stock(Stock(), [.works(.spool)])).map(\.name).contains("visit a 1"))
    }

    @Test mutating func `while files are given back again and again the pauses grow, and a file that settles ends that`() {
        begin()
        let file = batch("a")
        var stock = Stock()
        stock.pending = [file]
        var pauses: [TestInstant] = []
        for _ in 0..<4 {
            _ = take(.ledgerChanged)
            #expect(take(.stock(stock, [])).map(\.name).contains("read a"))
            _ = take(.ended(file.id, .givenBack(.fails(.reader, "no reader"))))
            // In debt it is not begun again, whatever a stock says.
            _ = take(.ledgerChanged)
            #expect(take(.stock(stock, [])).filter { $0.name == "read a" }.isEmpty)
            guard let due = rounds.giveBackAt else { break }
            pauses.append(.after(now.duration(to: due) / .seconds(1)))
            now = due
            _ = take(.woke)
            _ = take(.gaveBack([file.id], [.works(.ledger)]))
            _ = take(.stock(nil, []))
            _ = take(.looked(look([])))
        }
        #expect(pauses == [.after(1), .after(2), .after(4), .after(8)])
        _ = take(.ledgerChanged)
        _ = take(.stock(stock, []))
        _ = take(.ended(file.id, .settled(file, isBehind: false)))
        #expect(rounds.triesInVain == 0)
    }

    @Test mutating func `an outbox to which nothing is owed any more is no trouble`() {
        begin()
        let file = batch("a")
        var stock = Stock()
        stock.unanswered = [Owed(file.id, of: "a")]
        _ = take(.ledgerChanged)
        #expect(take(.stock(stock, [])).map(\.name) == ["answer a 1"])
        _ = take(.answered(.reseller("a"), [file.id], [.fails(.outbox(.reseller("a")), "gone")]))
        #expect(!rounds.troubles.reasonsNotReady.isEmpty)
        _ = take(.ledgerChanged)
        #expect(take(.stock(stock, [])).map(\.name).contains("answer a 1"))
        _ = take(.answered(.reseller("a"), [file.id], [.fails(.outbox(.reseller("a")), "gone")]))
        #expect(!rounds.troubles.reasonsNotReady.isEmpty)
        // An operator has deleted the batch.
        _ = take(.ledgerChanged)
        _ = take(.stock(Stock(), []))
        #expect(rounds.troubles.reasonsNotReady.isEmpty)
    }

    @Test mutating func `what stops everybody is tried again at once, however long an outbox has been shut`() {
        begin()
        let shut = Look(Survey([.reseller("a")]), found: [:], [.fails(.shutOutbox(.reseller("a")), "gone")])
        _ = take(.looked(shut))
        #expect(rounds.wakes(after: now) == .after(1))
        for _ in 0..<8 {
            now = rounds.wakes(after: now) ?? now
            _ = take(.woke)
            _ = take(.stock(Stock(), []))
            _ = take(.looked(shut))
        }
        #expect(rounds.troubles.reasonsNotReady.isEmpty && rounds.troubles.all == ["gone"])
        _ = take(.ledgerChanged)
        _ = take(.stock(nil, [.fails(.ledger, "full")]))
        #expect(rounds.wakes(after: now) == now.advanced(by: .seconds(1)))
        // Its home is gone, and nothing is owed to it.
        _ = take(.looked(look([.reseller("b")])))
        #expect(rounds.troubles.all == ["full"])
    }

    @Test mutating func `a stranger in the spool keeps nobody from claiming, and a spool that failed once works again`() {
        begin()
        _ = take(.ledgerChanged)
        _ = take(.stock(nil, [.fails(.spool, "unreadable")]))
        #expect(take(.heard([.touched(place("a", 1))])).filter { $0.name.hasPrefix("visit") }.isEmpty)
        _ = take(.ledgerChanged)
        let errands = take(.stock(Stock(), [.works(.ledger), .works(.spool), .fails(.strangers, "somebody's")]))
        #expect(errands.map(\.name).contains("visit a 1"))
        #expect(rounds.troubles.all == ["somebody's"] && rounds.troubles.reasonsNotReady.isEmpty)
    }

    @Test mutating func `a batch that was changed while it ran is looked up as soon as it has ended`() {
        begin()
        let file = batch("a")
        var stock = Stock()
        stock.pending = [file]
        _ = take(.ledgerChanged)
        _ = take(.stock(stock, []))
        _ = take(.ledgerChanged)
        // An operator has retried it while its run was just ending.
        #expect(take(.stock(stock, [])).isEmpty)
        let ended = take(.ended(file.id, .overtaken(file)))
        #expect(ended.map(\.name).sorted() == ["answer a 1", "take stock"])
    }

    @Test mutating func `answers that come up while one is under way go together, at each outbox by itself`() {
        begin()
        let files = (0..<3).map { _ in batch("a") } + [batch("b")]
        var stock = Stock()
        stock.unanswered = files.map { Owed($0.id, of: $0.reseller) }
        _ = take(.ledgerChanged)
        #expect(take(.stock(stock, [])).map(\.name).sorted() == ["answer a 3", "answer b 1"])
        stock.unanswered = (0..<40).map { _ in Owed(BatchID(), of: "a") }
        _ = take(.ledgerChanged)
        #expect(take(.stock(stock, [])).isEmpty)
        #expect(take(.answered(.reseller("a"), files.prefix(3).map(\.id), [])).map(\.name) == ["answer a 32"])
        #expect(take(.answered(.reseller("a"), [], [])).map(\.name) == ["answer a 8"])
    }

    @Test mutating func `waiting rows are looked at batch by batch, and what has changed is answered`() {
        begin()
        let (one, other) = (batch("a"), batch("b"))
        var stock = Stock()
        stock.resettleable = [one, other]
        _ = take(.ledgerChanged)
        #expect(take(.stock(stock, [])).map(\.name) == ["resettle a"])
        #expect(take(.resettled(one, true, [])).map(\.name).sorted() == ["answer a 1", "resettle b"])
        #expect(take(.resettled(other, false, [])).isEmpty)
    }

    @Test mutating func `reference data that came while a file was read is used at once`() {
        begin()
        let file = batch("a")
        var stock = Stock()
        stock.pending = [file]
        _ = take(.ledgerChanged)
        _ = take(.stock(stock, []))
        #expect(take(.ended(file.id, .settled(file, isBehind: true))).map(\.name).contains("take stock"))
    }

    @Test mutating func `wishes that come while a chore is under way are served once, after it`() {
        begin()
        #expect(take(.ledgerChanged).map(\.name) == ["take stock"])
        for _ in 0..<5 { #expect(take(.ledgerChanged).isEmpty) }
        #expect(take(.stock(Stock(), [])).map(\.name) == ["take stock"])
        #expect(take(.stock(Stock(), [])).isEmpty)
        #expect(take(.heard([.overflow(reason: "too many")])).map(\.name) == ["overflowed", "look", "look for uploads"])
        #expect(take(.heard([.foldersChanged])).isEmpty)
        #expect(take(.looked(look([]))).map(\.name) == ["swept", "look"])
    }

    @Test mutating func `asked to stop, nothing new is begun and what runs is answered`() {
        begin()
        let (running, waiting) = (batch("a") { $0.mode = .replace }, batch("a"))
        var stock = Stock()
        stock.pending = [running, waiting]
        _ = take(.ledgerChanged)
        _ = take(.stock(stock, []))
        _ = take(.heard([.touched(place("b", 1))]))
        #expect(take(.stopping).isEmpty && !rounds.areIdle)
        #expect(rounds.wakes(after: now) == nil)
        #expect(take(.visited(.reseller("b"), [place("b", 1)], .success([seen(place("b", 1))]))).isEmpty)
        #expect(take(.ended(running.id, .settled(running, isBehind: false))).map(\.name) == ["answer a 1"])
        #expect(!rounds.areIdle)
        #expect(take(.answered(.reseller("a"), [running.id], [])).isEmpty)
        #expect(rounds.areIdle && take(.ledgerChanged).isEmpty)
    }
}

extension Errand {
    /// For comparing: what, for whom, how many.
    fileprivate var name: String {
        switch self {
        case .look: "look"
        case .visit(let sender, let places):
            "visit \(sender) \(places.count == 1 ? places[0].name.printable.dropLast(4) : "\(places.count)")"
        case .claim(let sender, let wishes): "claim \(sender) \(wishes.count)"
        case .lookForUploads: "look for uploads"
        case .takeUploads(let sender, let drops): "take uploads \(sender) \(drops.count)"
        case .takeStock: "take stock"
        case .read(let batch): "read \(batch.reseller)"
        case .answer(let sender, let batches): "answer \(sender) \(batches.count)"
        case .giveBack(let batches): "give back \(batches.count)"
        case .resettle(let batch): "resettle \(batch.reseller)"
        case .takeReference(let file): "take \(file.name)"
        case .publishFits(let brands): "publish fits of \(brands.count)"
        case .tell(.troubled): "troubled"
        case .tell(.recovered(let what)): "recovered \(what)"
        case .tell(.overflowed): "overflowed"
        case .tell(.swept): "swept"
        }
    }
}

extension RoundsTests {
    private func drops(_ sender: String, _ count: Int, from first: Int = 0) -> [HandedDrop] {
        (0..<count).compactMap { number in
            FileName("\(BatchID()).append.\(sender)").map { HandedDrop($0, since: Timestamp(milliseconds: Int64(first + number))) }
        }
    }

    @Test mutating func `uploads are taken a slice at a time, resellers in turn, and the longest waiting first`() {
        begin()
        let (many, few) = (drops("a", 40), drops("b", 2, from: 100))
        #expect(take(.heard([.handedOver])).map(\.name) == ["look for uploads"])
        #expect(take(.heard([.handedOver])).isEmpty)
        #expect(take(.handed(.success(many + few))).map(\.name) == ["look for uploads", "take uploads a 16", "take uploads b 2"])
        let first = Array(many.prefix(16))
        let next = take(.took(.reseller("a"), first.map { ($0, .gone) }, entered: [], []))
        guard case .takeUploads(_, let second)? = next.last else {
            Issue.record("\(next)")
            return
        }
        #expect(second == Array(many.dropFirst(16).prefix(16)))
        // A look that was made before they were taken does not have them taken twice.
        #expect(take(.handed(.success(many + few))).map(\.name) == [])
        #expect(!rounds.areIdle)
    }

    @Test mutating func `of a reseller with many files waiting nothing more is taken, and of the others it is`() {
        begin()
        var stock = Stock()
        stock.pending = (0..<40).map { _ in batch("a") }
        _ = take(.ledgerChanged)
        _ = take(.stock(stock, []))
        _ = take(.heard([.handedOver]))
        #expect(take(.handed(.success(drops("a", 1) + drops("b", 1)))).map(\.name) == ["take uploads b 1"])
    }

    @Test mutating func `what cannot be taken is tried again at growing pauses, and told while it lasts`() {
        begin()
        _ = take(.heard([.handedOver]))
        let waiting = drops("a", 1)
        _ = take(.handed(.success(waiting)))
        let full = SystemFault("mkdir", path: "/r/.spool/x", errno: 28)
        let told = take(.took(.reseller("a"), waiting.map { ($0, .failed(full)) }, entered: [], []))
        #expect(told.map(\.name) == ["troubled"] && !rounds.troubles.reasonsNotReady.isEmpty)
        for pause in [1.0, 2, 4] {
            now = now.advanced(by: .seconds(pause))
            #expect(take(.woke).map(\.name).contains("look for uploads"))
            #expect(take(.handed(.success(waiting))).map(\.name).contains("take uploads a 1"))
            _ = take(.took(.reseller("a"), waiting.map { ($0, .failed(full)) }, entered: [], []))
        }
        now = now.advanced(by: .seconds(8))
        _ = take(.woke)
        _ = take(.handed(.success(waiting)))
        #expect(take(.took(.reseller("a"), waiting.map { ($0, .gone) }, entered: [], [])).map(\.name).contains("recovered taking uploads"))
        #expect(rounds.troubles.reasonsNotReady.isEmpty)
    }

    @Test mutating func `what is left alone is named, and looked at again with the next sweep alone`() {
        begin()
        _ = take(.heard([.handedOver]))
        let stranger = HandedDrop("somebody's", since: Timestamp(milliseconds: 0))
        let twice = drops("a", 1)
        let all = [stranger] + twice
        #expect(take(.handed(.success(all))).map(\.name) == ["take uploads a 1"])
        _ = take(.took(.reseller("a"), twice.map { ($0, .refused(.knownBatch)) }, entered: [], []))
        #expect(rounds.uploads.leftAlone.count == 2)
        _ = take(.heard([.handedOver]))
        #expect(take(.handed(.success(all))).isEmpty)
        now = now.advanced(by: .seconds(61))
        _ = take(.woke)
        #expect(take(.handed(.success(all))).map(\.name) == ["take uploads a 1"])
        _ = take(.took(.reseller("a"), twice.map { ($0, .gone) }, entered: [], []))
        #expect(rounds.uploads.leftAlone.count == 1)
    }

    @Test mutating func `a file that was recognised has its turn as its reseller's`() {
        begin()
        let unnamed = batch("operations")
        var stock = Stock()
        stock.pending = [unnamed]
        _ = take(.ledgerChanged)
        #expect(take(.stock(stock, [])).map(\.name) == ["read operations"])
        var known = unnamed
        known.reseller = "b"
        #expect(take(.ended(unnamed.id, .recognised(known))).map(\.name) == ["read b"])
    }

    @Test mutating func `a second copy waits while the first is read, and has its turn when that one has ended`() {
        begin()
        let (first, second) = (batch("a"), batch("a"))
        var waiting = Stock()
        waiting.pending = [first, second]
        #expect(take(.ledgerChanged).map(\.name) == ["take stock"])
        #expect(take(.stock(waiting, [])).map(\.name) == ["read a", "read a"])
        #expect(take(.ended(second.id, .waits(second, for: first.id))).isEmpty)
        #expect(take(.ended(first.id, .settled(first, isBehind: false))).map(\.name).contains("read a"))
    }

    @Test mutating func `a copy of what is to be given back is not tried again and again meanwhile`() {
        begin()
        let (first, second) = (batch("a"), batch("a"))
        var waiting = Stock()
        waiting.pending = [first, second]
        _ = take(.ledgerChanged) + take(.stock(waiting, []))
        _ = take(.ended(first.id, .givenBack(.fails(.reader, "No reader can be had."))))
        #expect(take(.ended(second.id, .waits(second, for: first.id))).filter { $0.name.hasPrefix("read") }.isEmpty)
    }
}

extension RoundsTests {
    @Test mutating func `brands' rankings are renewed in turns of sixteen, one errand at a time, and a stop waits for it`() {
        begin()
        var stock = Stock()
        stock.fits = Array(1...20)
        #expect(take(.stock(stock, [])).map(\.name) == ["publish fits of 16"])
        #expect(take(.woke).isEmpty && !rounds.areIdle)
        #expect(take(.fitsPublished([])).map(\.name) == ["publish fits of 4"])
        #expect(take(.stopping).isEmpty && !rounds.areIdle)
        #expect(take(.fitsPublished([])).isEmpty && rounds.areIdle)
    }

    @Test mutating func `rankings that cannot be written are tried again soon and keep nobody's files waiting`() {
        begin()
        var stock = Stock()
        stock.fits = [1]
        _ = take(.stock(stock, []))
        #expect(take(.fitsPublished([.fails(.rankings, "No.")])).map(\.name) == ["troubled"])
        #expect(rounds.troubles.allowClaiming && rounds.troubles.reasonsNotReady.isEmpty)
        now = .after(1.5)
        #expect(take(.woke).map(\.name).contains("take stock"))
        // Nobody's any more: the trouble is over.
        #expect(take(.stock(Stock(), [])).map(\.name) == ["recovered brands' rankings in retail/outbox"])
    }
}
