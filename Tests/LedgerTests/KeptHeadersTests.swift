import Sellout
import Testing

@testable import Ledger

/// What the columns of a reseller's earlier files were called.
@Suite struct KeptHeadersTests {
    private func findings(_ layout: Int, _ headers: String...) -> Findings {
        var findings = Findings()
        findings.headers = FileHeaders(layout: layout, sheet: "S", headers: headers)
        return findings
    }

    @Test func `the last booked file of the same layout is compared with, whatever came of others`() throws {
        let house = try Fixture()
        _ = try house.take([Line()], findings: findings(0, "A"))
        _ = try house.take([Line(day: "2025-02-01")], findings: findings(1, "OTHER"))
        let last = try house.take([Line(day: "2025-03-01")], findings: findings(0, "B", "C"))
        _ = try house.take([Line(day: "2025-04-01")], terms: Fixture.terms(.manual), findings: findings(0, "WAITS"))
        _ = try house.take([Line(day: "2025-05-01")])
        let new = try house.register("next.csv")
        #expect(
            try house.ledger.headers(before: new, layout: 0)
                == EarlierHeaders(filename: "april.csv", headers: FileHeaders(layout: 0, sheet: "S", headers: ["B", "C"])))
        #expect(try house.ledger.headers(before: new, layout: 1)?.headers.headers == ["OTHER"])
        #expect(try house.ledger.headers(before: new, layout: 2) == nil)
        // Not with itself.
        #expect(try house.ledger.headers(before: last.id, layout: 0)?.headers.headers == ["A"])
    }

    @Test func `it is kept under names that never change`() throws {
        let headers = FileHeaders(layout: 3, sheet: "Ä", headers: ["a \"b\"", "c"])
        #expect(headers.kept == #"{"layout":3,"sheet":"Ä","headers":["a \"b\"","c"]}"#)
        #expect(FileHeaders(kept: headers.kept) == headers)
        for half in [
            "{}", #"{"layout":1,"sheet":"S"}"#, #"{"layout":1.5,"sheet":"S","headers":[]}"#, #"{"layout":1,"sheet":"S","headers":[1]}"#,
        ] {
            #expect(FileHeaders(kept: half) == nil, "\(half)")
        }
    }
}
