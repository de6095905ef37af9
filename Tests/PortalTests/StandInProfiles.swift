import Operations
import Sellout

@testable import Portal

/// Profiles without a folder and without a daemon: one workbook was put aside, and its sales are told without reading it.
struct StandInProfiles: ProfileDesk {
    static let profile = """
        { reseller: "liberty", vendor_name: "Liberty <b>", currency: "GBP", signs: { file_name: ["lib<"], headers: ["EAN", "Q"] },
          not_sales: { "Sums<": "sums" },
          layouts: [{ kind: "table", sheets: ["S<"], columns: { ean: ["EAN", "GTIN<"], quantity: "Q", amount: "A", store: "POS", date: "D" },
            totals: ["total<"], not_wanted: { "X<": "told elsewhere" } }] }
        """

    func readings() -> (profiles: [ProfileReading], faults: [String]) {
        let reading = ProfileReading(json5: Array(StandInProfiles.profile.utf8), file: "liberty.json5")
        return ([reading].compactMap { $0 }, ["liberty.json5: a mistake <b>"])
    }

    func glimpse(ofPutAside file: String) throws(Refused) -> (glimpse: Glimpse, draft: String?) {
        guard file == "some" else { throw Refused(.unknown, "There is no such file.") }
        let rows = [
            ["Report <script>", "", ""], ["EAN", "Shop", "Sold Qty", "Amount", "Date", "Note <i>"],
            ["7350154320008", "Flagship \(PageStage.hostile)", "2", "190,00", "03.04.2025", PageStage.hostile],
            ["7350154320060", "Flagship", "1", "95,00", "04.04.2025", ""],
        ]
        let glimpse = Glimpse(
            fileName: "new \(PageStage.hostile).xlsx", isPlainTable: false, sheets: [.init(name: "Sheet <1>", isHidden: false, head: rows)])
        return (glimpse, ProfileDraft(glimpse)?.text)
    }

    func rehearse(_ profile: String, onPutAside file: String) throws(Refused) -> DraftRehearsal {
        let sale = DraftRehearsal.Sale(
            place: "A3", product: "7350154320008", store: "Flagship \(PageStage.hostile)", date: "2025-04-03", quantity: 2,
            amount: Money(units: 1_900_000))
        return DraftRehearsal(
            count: 2, quantity: 3, amount: Money(units: 2_850_000), sales: [sale],
            errors: [RowError(sheet: "S", row: 9, column: "C", type: .invalidQuantity, message: "\(PageStage.hostile) is no number.")],
            rowsSkipped: 1)
    }

    func save(_ profile: String, by actor: String) throws(Refused) {
        do { _ = try Profile.read(Array(profile.utf8), file: "draft") } catch { throw Refused(.wrong, "\(error)") }
        throw Refused(.forbidden, "There is a profile of this name already.")
    }
}
