import Batches
import Folders
import Ledger
import Linux
import Reports
import RetailFit
import Sellout
import Workbooks

/// Renews brands' rankings in their folders in the retail outbox. What fails stays owed: the ledger says so with the next stock.
struct FitPublishing {
    private let workplace: Workplace

    init(_ workplace: Workplace) { self.workplace = workplace }

    func publish(_ brands: [Int64]) -> News {
        var published: [PublishedFit] = []
        var faults: [String] = []
        do throws(LedgerFault) {
            // Another errand may have been there since these were found.
            let owed = Set(try workplace.ledger.brandsOwedFit())
            let wanted = brands.filter(owed.contains)
            guard !wanted.isEmpty else { return .fitsPublished([]) }
            let (version, market) = try workplace.ledger.market()
            for brand in wanted {
                guard let asking = try workplace.ledger.fitAsking(ofBrand: brand) else { continue }
                if let fault = publish(asking, market) {
                    faults.append(fault)
                } else {
                    published.append(PublishedFit(brand: brand, revision: asking.revision, market: version))
                }
            }
            try workplace.ledger.notePublished(published)
        } catch { return .fitsPublished([Troubles.Condition(error)]) }
        guard let first = faults.first else { return .fitsPublished([.works(.rankings)]) }
        let others = faults.count > 1 ? " (and \(faults.count - 1) more)" : ""
        let sentence = "Brands' rankings wait until selloutd can write them into retail/outbox. \(first)\(others)"
        return .fitsPublished([.fails(.rankings, sentence)])
    }

    /// What went wrong; nil for nothing.
    private func publish(_ asking: FitAsking, _ market: FitMarket) -> String? {
        let (brand, choices) = (asking.brand.brand, asking.choices)
        let report = FitReport(
            brand, choices: choices, scores: choices.isEmpty ? [] : market.scores(for: asking.question), at: .now())
        let folder = BrandFolder(of: brand.name, id: asking.brand.id)
        guard let name = FileName(folder.name) else { return "\(folder.name) can be no folder." }
        do {
            let answers = [
                Outbox.Answer("fit.html", report.htmlBytes), Outbox.Answer("fit.xlsx", try report.workbookBytes()),
            ]
            try workplace.root.makeOutboxOfUploader(.retail)
            try Outbox(root: workplace.root).publish(answers, for: .retail, inFolder: name, ending: folder.ending)
            return nil
        } catch { return "\(error)" }
    }
}
