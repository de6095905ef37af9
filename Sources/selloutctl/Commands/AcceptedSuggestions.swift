import Operations
import Reports
import Texts

/// `map --accept-suggestions`: shows each product that rows wait for beside the one of ours that is alike, and maps what an operator
/// says yes to. `--yes` says it for those only whose size and kind both texts state, and state the same.
struct AcceptedSuggestions {
    let session: Session

    func run() throws {
        if !session.arguments.operands.isEmpty { throw session.arguments.misuse("--accept-suggestions takes no further words.") }
        let desk = try session.desk()
        let pairs = try desk.suggestions(reseller: session.arguments.value("reseller")).filter { $0.suggestion != nil }
        if session.arguments.has("yes") {
            return try accept(pairs.filter(\.makeAgrees), at: desk, leaving: pairs.filter { !$0.makeAgrees })
        }
        guard !pairs.isEmpty else { return try accept([], at: desk, leaving: []) }
        guard !session.wantsJSON, let ask = session.wiring.ask else {
            if !session.wantsJSON { try show(pairs) }
            throw Refused(
                .wrong,
                "Nothing was mapped: nobody can be asked here. --yes maps those whose size and kind agree; map the others one by one.")
        }
        var chosen: [SuggestedMapping] = []
        for (place, pair) in pairs.enumerated() {
            guard let answer = ask("\(place + 1)/\(pairs.count)  \(Printable.line(pair.sentence))\nMap it? [y/N] ") else { break }
            if ["y", "yes"].contains(answer.lowercased()) { chosen.append(pair) }
        }
        try accept(chosen, at: desk, leaving: pairs.filter { !chosen.contains($0) })
    }

    private func accept(_ chosen: [SuggestedMapping], at desk: OperatorDesk, leaving open: [SuggestedMapping]) throws {
        let outcomes = try desk.accept(chosen)
        if session.wantsJSON { return try session.printJSON(.array(outcomes.map(\.json))) }
        for outcome in outcomes { try session.output.print(Printable.line(outcome.sentence)) }
        if open.isEmpty {
            if outcomes.isEmpty { try session.output.print("Nothing is alike enough to be suggested.") }
            return
        }
        try session.output.print("Left open:")
        try show(open)
    }

    private func show(_ pairs: [SuggestedMapping]) throws {
        for pair in pairs { try session.output.print("  " + Printable.line(pair.sentence)) }
    }
}
