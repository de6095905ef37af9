import Sellout

/// One sentence or two on where a batch stands, for a person.
struct OutcomeMessage {
    let record: Batch
    let errorCounts: [(type: String, count: Int)]

    private var counts: RowCounts { record.counts }

    /// After its sales have been taken.
    var taken: String {
        var sentences: [String] = []
        if counts.processed > 0 {
            sentences.append("\(OutcomeMessage.number(counts.processed, "sale")) taken\(failed.map { ", \($0)" } ?? "").")
        } else if counts.unchanged > 0, counts.failed == 0 {
            return "Nothing new: \(all(counts.unchanged, "sale")) in the ledger already."
        } else {
            sentences.append("No sale taken\(failed.map { ", \($0)" } ?? "").")
        }
        if counts.restated > 0 {
            let them = counts.processed == 1 ? "It takes" : "\(counts.restated) of them \(counts.restated == 1 ? "takes" : "take")"
            sentences.append("\(them) the place of figures received before.")
        }
        if counts.unchanged > 0 {
            let were = counts.unchanged == 1 ? "was" : "were"
            sentences.append("\(OutcomeMessage.number(counts.unchanged, "sale")) \(were) in the ledger already.")
        }
        if let replacement = record.replacement, replacement.isTaken {
            sentences.append("\(OutcomeMessage.number(replacement.went, "earlier sale")) gave way.")
        }
        return sentences.joined(separator: " ")
    }

    func waits(for obstacles: [ApprovalObstacle]) -> String {
        let reasons = obstacles.map { obstacle in
            switch obstacle {
            case .failedRows: failed ?? ""
            case .restatedSales(let rows):
                "\(OutcomeMessage.number(rows, "sale")) \(rows == 1 ? "differs" : "differ") from figures received before"
            case .disagreeingTotals(let totals):
                "\(OutcomeMessage.number(totals, "control total")) of the file \(totals == 1 ? "does" : "do") not agree with its rows"
            case .doubts(let doubts): OutcomeMessage.said(doubts)
            case .noSales: counts.total == 0 ? "no sale was found in the file" : "there is no valid sale to take"
            case .laterSales(let sales): "\(OutcomeMessage.number(sales, "sale")) of files that came after it would be replaced too"
            case .manualPolicy: "this reseller's files are approved by hand"
            }
        }
        let said = reasons.joined(separator: "; ")
        return "Waits for approval: \(said)\(said.hasSuffix("?") ? "" : ".")"
    }

    /// The first of them as they are; the report has them all.
    private static func said(_ doubts: [String]) -> String {
        let first = doubts.prefix(3).map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }.joined(separator: "; ")
        return doubts.count > 3 ? "\(first); and \(number(doubts.count - 3, "more warning"))" : first
    }

    /// `3 rows wait or need correction: 2 PRODUCT_NOT_MAPPED, 1 INVALID_QUANTITY`
    private var failed: String? {
        guard counts.failed > 0 else { return nil }
        let kinds = errorCounts.map { "\($0.count) \($0.type)" }.joined(separator: ", ")
        let verb = counts.failed == 1 ? "waits or needs" : "wait or need"
        return "\(OutcomeMessage.number(counts.failed, "row")) \(verb) correction\(kinds.isEmpty ? "" : ": \(kinds)")"
    }

    private func all(_ count: Int, _ noun: String) -> String {
        count == 1 ? "the one \(noun) of the file is" : "all \(OutcomeMessage.number(count, noun)) of the file are"
    }

    static func number(_ count: Int, _ noun: String, _ nouns: String? = nil) -> String {
        var digits = String(count)
        var place = digits.utf8.count - 3
        while place > 0 {
            digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
            place -= 3
        }
        return "\(digits) \(count == 1 ? noun : nouns ?? "\(noun)s")"
    }
}

/// Warnings that the ledger itself gives, anew at each look.
enum LedgerWarning {
    static let codes: Set<String> = UsualFigures.codes.union([
        "NEW_STORE", "NO_LONGER_LISTED", "NO_SALES", "MANY_ERRORS", "OTHERS_INSTEAD", "REPLACES_MORE",
    ])

    static func manyErrors(_ counts: RowCounts, holds: Bool) -> Warning {
        Warning("MANY_ERRORS", "\(counts.failed) of \(counts.total) rows failed: more than one in ten.", count: counts.failed, holds: holds)
    }

    static func newStores(_ names: [String]) -> Warning {
        let shown = names.prefix(20).joined(separator: ", ")
        let more = names.count > 20 ? " and \(names.count - 20) more" : ""
        return Warning("NEW_STORE", "New stores: \(shown)\(more).", count: names.count)
    }

    static func noLongerListed(_ count: Int) -> Warning {
        Warning(
            "NO_LONGER_LISTED", "Sales received before are no longer in the file, in months that it covers. They stay as they are.",
            count: count)
    }

    static func othersInstead(_ months: [Month]) -> Warning {
        let named = months.prefix(12).map(\.description).joined(separator: ", ")
        return Warning(
            "OTHERS_INSTEAD",
            "In \(named) it lists sales that are new and leaves out others that were received before: a store or product may have a new name.",
            count: months.count, holds: true)
    }

    static func replacesMore(_ doubts: [String]) -> Warning {
        let more = doubts.count > 5 ? " And \(doubts.count - 5) more." : ""
        return Warning("REPLACES_MORE", doubts.prefix(5).joined(separator: " ") + more, count: doubts.count, holds: true)
    }

    static let noSales = Warning("NO_SALES", "No sale was found in the file.")
}
