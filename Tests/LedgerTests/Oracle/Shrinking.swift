/// Makes a failing sequence small: fewer steps, then fewer rows, then plain numbers, until nothing can go.
struct Shrinking {
    /// Replays steps, and says whether they still fail.
    let fails: ([Step]) -> Bool
    /// Replays that may still be made; real books take their time.
    private var replays: Int

    static func smallest(_ steps: [Step], replays: Int = 3_000, fails: @escaping ([Step]) -> Bool) -> [Step] {
        var shrinking = Shrinking(fails: fails, replays: replays)
        return shrinking.smallest(steps)
    }

    private init(fails: @escaping ([Step]) -> Bool, replays: Int) {
        self.fails = fails
        self.replays = replays
    }

    private mutating func smallest(_ steps: [Step]) -> [Step] {
        var steps = steps
        var size = -1
        while size != steps.hashValue, replays > 0 {
            size = steps.hashValue
            steps = withFewerSteps(steps)
            steps = withFewerRows(steps)
            steps = withPlainerSteps(steps)
        }
        return steps
    }

    private mutating func stillFails(_ steps: [Step]) -> Bool {
        guard replays > 0 else { return false }
        replays -= 1
        return fails(steps)
    }

    private mutating func withFewerSteps(_ steps: [Step]) -> [Step] {
        var steps = steps
        var length = max(1, steps.count / 2)
        while true {
            var end = steps.count
            while end > 0 {
                let range = max(0, end - length)..<min(end, steps.count)
                let fewer = Self.dropping(range, from: steps)
                if fewer.count < steps.count, stillFails(fewer) { steps = fewer }
                end = min(range.lowerBound, steps.count)
            }
            if length == 1 { return steps }
            length = max(1, length / 2)
        }
    }

    /// A row goes from one file, or from all files that have it, so that what has the same content keeps it.
    private mutating func withFewerRows(_ steps: [Step]) -> [Step] {
        var steps = steps
        for row in Set(steps.flatMap { $0.file?.rows ?? [] }).sorted(by: { "\($0)" < "\($1)" }) {
            let fewer = steps.map { step in step.changingFile { $0.rows.removeAll { $0 == row } } }
            if Self.hasRows(fewer), stillFails(fewer) { steps = fewer }
        }
        for place in steps.indices {
            for index in (steps[place].file?.rows.indices ?? 0..<0).reversed() {
                var fewer = steps
                fewer[place] = steps[place].changingFile { $0.rows.remove(at: index) }
                if Self.hasRows(fewer), stillFails(fewer) { steps = fewer }
            }
        }
        return steps
    }

    private static func hasRows(_ steps: [Step]) -> Bool {
        steps.allSatisfy { step in step.file.map { !$0.rows.isEmpty || $0.malformed > 0 } ?? true }
    }

    private mutating func withPlainerSteps(_ steps: [Step]) -> [Step] {
        var steps = steps
        for row in Set(steps.flatMap { $0.file?.rows ?? [] }).sorted(by: { "\($0)" < "\($1)" }) {
            for plainer in row.plainer {
                let tried = steps.map { step in step.changingFile { $0.rows = $0.rows.map { $0 == row ? plainer : $0 } } }
                if stillFails(tried) {
                    steps = tried
                    break
                }
            }
        }
        for place in steps.indices {
            for plainer in steps[place].plainer {
                var tried = steps
                tried[place] = plainer
                if stillFails(tried) {
                    steps = tried
                    break
                }
            }
        }
        return steps
    }

    /// Where a drop goes, the batches after it move up, and steps for its batch go with it.
    private static func dropping(_ range: Range<Int>, from steps: [Step]) -> [Step] {
        var kept: [Step] = []
        var numbers: [Int: Int] = [:]
        var drops = 0
        for (place, step) in steps.enumerated() {
            if step.file != nil {
                if !range.contains(place) { numbers[drops] = numbers.count }
                drops += 1
            }
            guard !range.contains(place) else { continue }
            guard let batch = step.batch else {
                kept.append(step)
                continue
            }
            if let number = numbers[batch] { kept.append(step.ofBatch(number)) }
        }
        return kept
    }
}

extension Step {
    var file: DroppedFile? {
        if case .drop(let file, _) = self { file } else { nil }
    }

    fileprivate var batch: Int? {
        switch self {
        case .approve(let batch), .cancel(let batch), .retry(let batch), .delete(let batch), .undo(let batch, _): batch
        default: nil
        }
    }

    fileprivate func ofBatch(_ number: Int) -> Step {
        switch self {
        case .approve: .approve(number)
        case .cancel: .cancel(number)
        case .retry: .retry(number)
        case .delete: .delete(number)
        case .undo(_, let cascade): .undo(number, cascade: cascade)
        default: self
        }
    }

    fileprivate func changingFile(_ change: (inout DroppedFile) -> Void) -> Step {
        guard case .drop(var file, let dies) = self else { return self }
        change(&file)
        return .drop(file, dies: dies)
    }

    /// The same with one thing less to think about.
    fileprivate var plainer: [Step] {
        switch self {
        case .drop(let file, let dies):
            var found: [Step] = dies ? [.drop(file, dies: false)] : []
            if file.malformed > 0 { found.append(changingFile { $0.malformed = 0 }) }
            if file.mode != .append { found.append(changingFile { $0.mode = .append }) }
            if file.mode == .replaceAll { found.append(changingFile { $0.mode = .replace }) }
            return found.filter { $0.file.map { !$0.rows.isEmpty || $0.malformed > 0 } ?? true }
        case .undo(let batch, cascade: true): return [.undo(batch, cascade: false)]
        case .map(let reseller, let code, let ean) where ean != code: return [.map(reseller: reseller, code: code, ean: code)]
        case .price(let ean, let day, let price) where price != 1_0000 || day != 0:
            return [
                .price(ean: ean, day: 0, price: 1_0000), .price(ean: ean, day: day, price: 1_0000), .price(ean: ean, day: 0, price: price),
            ]
        case .rate(let day, let perEuro) where day != 0: return [.rate(day: 0, perEuro: perEuro)]
        default: return []
        }
    }
}

extension FileRow {
    fileprivate var plainer: [FileRow] {
        func with<Value>(_ field: WritableKeyPath<FileRow, Value>, _ value: Value) -> FileRow {
            var row = self
            row[keyPath: field] = value
            return row
        }
        let all = [
            FileRow(store: 0, code: 0, day: 0, quantity: 1, amount: 1_0000, order: nil), with(\.order, nil), with(\.store, 0),
            with(\.code, 0),
            with(\.day, 0), with(\.quantity, 1), with(\.amount, 1_0000), with(\.amount, 2_0000),
        ]
        return all.filter { $0 != self && (amount == 1_0000 ? $0.amount == 1_0000 : true) }
    }
}
