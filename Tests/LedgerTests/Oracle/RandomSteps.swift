import Chances

/// Steps as they come in a reseller's life, and some that nobody should take: few stores, products and days, so that files
/// meet the same keys again and again. The same seed gives the same steps.
///
/// The model goes along, to know which batches wait and what is in the books. The implementation under test is not asked.
struct RandomSteps {
    private var chance: Chance
    private var books = BooksModel()
    private var steps: [Step] = []
    private var documents: [Int: [FileRow]] = [:]
    /// What somebody does because of the step before.
    private var planned: [Step] = []
    private let resellers: [Int]

    static func sequence(seed: UInt64) -> [Step] {
        var steps = RandomSteps(seed: seed)
        let count = Int.random(in: 30...60, using: &steps.chance)
        steps.prepare()
        while steps.steps.count < count { steps.take(steps.next()) }
        return steps.steps
    }

    private init(seed: UInt64) {
        chance = Chance(seed: seed)
        let main = Int.random(in: 0...3, using: &chance)
        resellers = [main, main, main, main, Int.random(in: 0...3, using: &chance)]
    }

    private mutating func take(_ step: Step) {
        steps.append(step)
        guard books.carryOut(step) else { return }
        planned += consequences(of: step)
    }

    /// What often comes of a step, and rarely without it.
    private mutating func consequences(of step: Step) -> [Step] {
        switch step {
        case .drop(let file, _) where file.mode != .append && books.batches.last?.state == .completed && happens(40):
            let number = books.batches.count - 1
            var part = file
            part.mode = .append
            part.rows = Array(part.rows.prefix(2))
            return [.undo(number, cascade: false), .drop(part, dies: false), .retry(number)]
        case .approve(let number) where books.batches[number].file.mode != .append && happens(25):
            // What was replaced is sent again, and is new; then the replacing is undone.
            let gone = books.journal.filter { $0.withdrawal == .byReplacing(number) }.map(\.batch).min()
            guard let gone else { return [] }
            var again = books.batches[gone].file
            again.mode = .append
            return [.drop(again, dies: false), .approve(books.batches.count), .undo(number, cascade: happens(50))]
        case .delete(let number):
            let batch = books.batches[number]
            guard batch.isBooked else { return [] }
            if let row = batch.rows.first(where: { $0.standing == .waiting }), happens(40) {
                return [.map(reseller: batch.file.reseller, code: row.written.code, ean: self.number(3))]
            }
            var again = batch.file
            if happens(50) { again.mode = .append }
            let first = batch.rows.flatMap(\.countsOn).min() ?? self.number(number + 1)
            return happens(60) ? [.drop(again, dies: false)] : [.undo(first, cascade: true)]
        case .undo(let number, _) where happens(40): return [.drop(books.batches[number].file, dies: false)]
        case .undo(let number, _) where happens(60):
            return [drop(), .retry(number)]
        case .map(let reseller, _, _), .merge(let reseller, _, _):
            return happens(40) && !documents[reseller, default: []].isEmpty ? [drop(of: reseller, wish: 0)] : []
        case .price where happens(40), .rate where happens(60): return [.rebook]
        default: return []
        }
    }

    /// Most products are known before the first file comes.
    private mutating func prepare() {
        for code in 0...3 where happens(85) { take(.map(reseller: resellers[0], code: code, ean: happens(85) ? code : 0)) }
        for code in 0...1 where resellers[4] != resellers[0] { take(.map(reseller: resellers[4], code: code, ean: code)) }
        for ean in 0...1 where happens(50) { take(.price(ean: ean, day: 0, price: 20_0000)) }
    }

    private mutating func next() -> Step {
        if !planned.isEmpty, happens(70) { return planned.removeFirst() }
        let waiting = books.batches.filter { !$0.isDeleted && ($0.state == .stagingComplete || $0.rows.contains { $0.standing == .valid }) }
        let booked = books.batches.filter { $0.isBooked }.map(\.number)
        let ended = books.batches.filter { [.failed, .cancelled].contains($0.state) && !$0.isDeleted }.map(\.number)
        if let batch = pick(waiting), happens(40) {
            let canBeBooked = batch.rows.contains { [.valid, .unchanged].contains($0.standing) }
            return happens(canBeBooked ? 92 : 20) ? .approve(batch.number) : .cancel(batch.number)
        }
        switch number(100) {
        case 0..<46: return drop()
        case 46..<50: return .retry(pick(happens(70) ? ended : waiting.map(\.number)) ?? anyBatch())
        case 50..<54: return .delete(pick(happens(70) ? booked : ended) ?? anyBatch())
        case 54..<64: return .undo(pick(booked) ?? anyBatch(), cascade: happens(60))
        case 64..<75: return map()
        case 75..<81: return .merge(reseller: reseller(), store: number(happens(80) ? 3 : 5), into: number(happens(60) ? 3 : 5))
        case 81..<86: return .price(ean: number(4), day: pick([-10, 0, 5, 31, 60]) ?? 0, price: pick([20_0000, 10_0000, 7_7777]) ?? 1)
        case 86..<90 where resellers.contains(1):
            return .rate(day: pick([0, 8, 31, 40]) ?? 0, perEuro: pick([8600, 8000, 8000, 9000]) ?? 1)
        case 86..<95: return .rebook
        case 95..<96: return .restart
        default:
            let batch = anyBatch()
            return pick([.approve(batch), .cancel(batch), .retry(batch), .delete(batch), .undo(batch, cascade: false)]) ?? .restart
        }
    }

    private mutating func map() -> Step {
        let reseller = reseller()
        let batch = pick(books.batches.filter { $0.file.reseller == reseller && $0.rows.contains { $0.standing == .waiting } })
        guard let batch, let row = pick(batch.rows.filter { $0.standing == .waiting }), happens(60) else {
            return .map(reseller: reseller, code: number(happens(80) ? 3 : 6), ean: number(happens(70) ? 3 : 6))
        }
        // It may turn out to be what another row has already said.
        let twins = batch.rows.filter { $0.written.store == row.written.store && $0.written.day == row.written.day }
        let known = twins.compactMap { books.reference.ean(reseller: reseller, code: $0.written.code) }.first
        return .map(reseller: reseller, code: row.written.code, ean: happens(70) ? known ?? number(3) : number(3))
    }

    private mutating func anyBatch() -> Int { number(books.batches.count + 1) }
    mutating func reseller() -> Int { pick(resellers) ?? 0 }
    mutating func happens(_ percent: Int) -> Bool { number(100) < percent }
    mutating func number(_ below: Int) -> Int { Int.random(in: 0..<below, using: &chance) }
    mutating func pick<Thing>(_ things: [Thing]) -> Thing? { things.randomElement(using: &chance) }

    // Files.

    private mutating func drop() -> Step { drop(of: reseller(), wish: number(100)) }

    private mutating func drop(of reseller: Int, wish: Int) -> Step {
        let earlier = books.batches.map(\.file).filter { $0.reseller == reseller }
        var file = DroppedFile(reseller: reseller, mode: .append, rows: [], malformed: 0)
        switch wish {
        case 0..<45 where books.batches.isEmpty || BooksModel.Reseller.all[reseller].isLiving: file.rows = grownDocument(of: reseller)
        case 0..<25: file.rows = newRows() + (happens(40) ? pick(earlier).map { Array($0.rows.prefix(2)) } ?? [] : [])
        case 25..<52: file.rows = changed(pick(earlier)?.rows ?? newRows(), often: 100)
        case 52..<66:
            file = pick(earlier) ?? file
            if happens(50) { file.mode = pick(Mode.allCases) ?? .append }
        case 66..<85:
            file.mode = .replace
            let booked = written(by: reseller)
            let months = Set(booked.map { BooksModel.month(of: $0.day) }).sorted()
            let month = pick(months) ?? 0
            file.rows = changed(
                booked.filter { BooksModel.month(of: $0.day) == month }, often: 75, kind: pick([2, 3, 5, 6, 6, 7, nil]) ?? nil)
            if happens(20) { file.rows = newRows() }
        case 85..<95:
            file.mode = .replaceAll
            file.rows = changed(written(by: reseller), often: 50)
        default: file.rows = newRows()
        }
        if file.rows.isEmpty { file.rows = newRows() }
        if happens(7) { file.malformed = 1 }
        documents[reseller, default: []].append(contentsOf: file.rows.filter { !documents[reseller, default: []].contains($0) })
        return .drop(file, dies: happens(8))
    }

    private func written(by reseller: Int) -> [FileRow] {
        books.journal.filter { $0.isCurrent && $0.reseller == reseller }.map(\.written)
    }

    private mutating func grownDocument(of reseller: Int) -> [FileRow] {
        var rows = documents[reseller, default: []]
        if rows.count > 6 { rows = Array(rows.suffix(6)) }
        if happens(30) { rows = changed(rows, often: 100) }
        if rows.isEmpty || happens(65) { rows += newRows() }
        // The same sale under another code, which will be mapped to the same product.
        if var twin = pick(rows), happens(35) {
            twin.code = 3 + number(3)
            rows.append(twin)
        }
        documents[reseller] = rows
        return rows
    }

    private mutating func newRows() -> [FileRow] {
        var rows = (0...number(3)).map { _ in row() }
        if happens(10) { rows.append(rows[0]) }
        if happens(15) {
            rows.append(rows[0])
            rows[0].code = 3 + number(3)
        }
        return rows
    }

    private mutating func row() -> FileRow {
        let quantity: Int64 = happens(88) ? Int64(1 + number(3)) : -1
        let amount = pick([10_0000, 12_3458, 9_9999].map { $0 * quantity })
        return FileRow(
            store: number(happens(85) ? 3 : 5), code: number(happens(92) ? 3 : 6), day: pick([3, 9, 33, 40, 62]) ?? 3, quantity: quantity,
            amount: happens(82) ? amount : nil, order: happens(75) ? nil : 1 + number(2))
    }

    /// Rows with something corrected, lost or added.
    private mutating func changed(_ rows: [FileRow], often percent: Int, kind: Int? = nil) -> [FileRow] {
        guard !rows.isEmpty, happens(percent) else { return rows }
        var rows = rows
        let place = number(rows.count)
        switch kind ?? number(9) {
        case 0: rows.remove(at: place)
        case 1: rows += newRows()
        case 2: rows[place].quantity += happens(50) ? 1 : -1
        case 3: rows[place].amount = happens(70) ? (rows[place].amount ?? 10_0000) + (happens(50) ? 1_0000 : -1_0000) : nil
        case 4: rows[place] = row()
        case 5: rows[place].store = number(3)
        case 6:
            let store = rows[place].store
            guard let twin = rows.indices.first(where: { $0 != place && rows[$0].store == store }) else { return rows }
            rows[twin].quantity += rows[place].quantity
            if let amount = rows[twin].amount, let more = rows[place].amount { rows[twin].amount = amount + more }
            rows.remove(at: place)
        case 7: rows.append(row())
        default: rows = Array(rows.prefix((rows.count + 1) / 2))
        }
        // Nobody sells nothing.
        return rows.filter { $0.quantity != 0 }
    }
}
