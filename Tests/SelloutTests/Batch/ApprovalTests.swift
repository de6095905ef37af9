import Sellout
import Testing

@Suite struct ApprovalTests {
    private func obstacles(
        _ policy: ApprovalPolicy, _ counts: RowCounts, replacing: Bool = false, controls: [ControlTotal] = []
    ) -> [ApprovalObstacle] {
        ApprovalObstacle.all(policy: policy, mode: replacing ? .replace : .append, counts: counts, controlTotals: controls)
    }

    @Test func `nothing keeps clean sales from being approved but a policy that says never`() {
        #expect(obstacles(.clean, RowCounts(processed: 5)).isEmpty)
        #expect(obstacles(.partial, RowCounts(processed: 5)).isEmpty)
        #expect(obstacles(.manual, RowCounts(processed: 5)) == [.manualPolicy])
    }

    @Test func `failed rows wait, unless valid ones are taken without them, which a replacing file never may`() {
        let counts = RowCounts(processed: 5, failed: 2)
        #expect(obstacles(.clean, counts) == [.failedRows(2)])
        #expect(obstacles(.partial, counts).isEmpty)
        #expect(obstacles(.partial, counts, replacing: true) == [.failedRows(2)])
    }

    @Test func `restated sales and totals that disagree wait whatever the policy`() {
        let differs = ControlTotal(scope: "file", file: .init(quantity: 3), extracted: .init(quantity: 4))
        let agrees = ControlTotal(scope: "file", file: .init(quantity: 3), extracted: .init(quantity: 3, amount: 7))
        for policy in [ApprovalPolicy.clean, .partial] {
            #expect(
                obstacles(policy, RowCounts(processed: 5, restated: 1), controls: [differs, agrees]) == [
                    .restatedSales(1), .disagreeingTotals(1),
                ])
        }
    }

    @Test func `a replacing file that would take later sales away waits whatever the policy`() {
        for policy in [ApprovalPolicy.clean, .partial] {
            let found = ApprovalObstacle.all(
                policy: policy, mode: .replace, counts: RowCounts(processed: 5), controlTotals: [], laterSales: 7)
            #expect(found == [.laterSales(7)])
        }
    }

    @Test func `a file without sales waits, unless it only says again what is known`() {
        #expect(obstacles(.clean, RowCounts(skipped: 9)) == [.noSales])
        #expect(obstacles(.clean, RowCounts(unchanged: 9)).isEmpty)
        #expect(obstacles(.clean, RowCounts(unchanged: 9), replacing: true) == [.noSales])
    }
}

@Suite struct BagComparisonTests {
    private func sale(_ quantity: Int64, _ cents: Int64) -> SaleFigures {
        SaleFigures(quantity: quantity, amount: Money(units: cents * 100))
    }

    @Test func `the same sales in another order are unchanged, and the same row twice is two sales`() {
        #expect(BagComparison(file: [sale(1, 5), sale(2, 9)], ledger: [sale(2, 9), sale(1, 5)]) == .unchanged)
        #expect(BagComparison(file: [sale(1, 5), sale(1, 5)], ledger: [sale(1, 5)]) == .restated)
        #expect(BagComparison(file: [sale(1, 5)], ledger: [sale(1, 6)]) == .restated)
    }

    @Test func `what only one of the two has is new, or listed no longer`() {
        #expect(BagComparison(file: [sale(1, 5)], ledger: []) == .new)
        #expect(BagComparison(file: [], ledger: [sale(1, 5)]) == .noLongerListed)
    }

    @Test func `a bag's sums are checked`() {
        #expect(Restatement.Figures([sale(1, 5), sale(2, 9)]) == Restatement.Figures(sales: 2, quantity: 3, amount: Money(units: 1400)))
        #expect(Restatement.Figures([sale(.max, 0), sale(1, 0)]) == nil)
        #expect(Restatement.Figures([SaleFigures(quantity: 1, amount: Money(units: .max)), sale(1, 1)]) == nil)
    }
}
