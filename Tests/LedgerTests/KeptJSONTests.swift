import Batches
import Sellout
import Testing

@testable import Ledger

/// What columns keep as JSON. Ledgers are full of it: the names of its members never change.
@Suite struct KeptJSONTests {
    @Test func `what earlier versions wrote reads, whatever the order of its members and however it is escaped`() throws {
        let house = try Fixture()
        let id = try house.take([Line()]).id
        try house.execute(
            #"""
            UPDATE upload_batches SET
                refusal = '{"message":"The sheet \"A\/B\" is missing.","type":"MISSING_SHEET","suggestion":"Add it."}',
                detection = '{"signs":["file name holds \"boxnox\"","header \"Verkäufe\"","c"],"profile":"boxnox","confidence":"medium"}',
                control_totals = '[{"scope":"file","extracted":{"quantity":1,"amount":-99999900},"file":{"amount":null}},{"file":{},"scope":"row 17","extracted":{}}]',
                warnings = '[{"count":2,"code":"NEW_STORE","message":"New stores: Zürich \/ Bern, \ud83d\ude00."}]',
                replacement = '{"came":3,"went":5}'
            """#)
        let record = try #require(try house.ledger.batch(id))
        #expect(record.refusal == FileRefusal(.missingSheet, "The sheet \"A/B\" is missing.", suggestion: "Add it."))
        #expect(record.detection == Detection(profile: "boxnox", signs: ["file name holds \"boxnox\"", "header \"Verkäufe\"", "c"]))
        #expect(
            record.controlTotals == [
                ControlTotal(scope: "file", file: .init(), extracted: .init(quantity: 1, amount: -99_999_900)),
                ControlTotal(scope: "row 17", file: .init(), extracted: .init()),
            ])
        #expect(record.warnings == [Warning("NEW_STORE", "New stores: Zürich / Bern, 😀.", count: 2)])
        #expect(record.replacement == Replacement(went: 5, came: 3, isTaken: true))
    }

    @Test func `what is written bears the same names, leaves out what there is not, and reads again`() throws {
        let refusal = FileRefusal(.timeout, "Too slow.")
        #expect(refusal.kept == #"{"type":"TIMEOUT","message":"Too slow."}"#)
        #expect(FileRefusal(kept: refusal.kept) == refusal)
        let advised = FileRefusal(.timeout, "Too slow.", suggestion: "Split it.")
        #expect(advised.kept == #"{"type":"TIMEOUT","message":"Too slow.","suggestion":"Split it."}"#)
        #expect(FileRefusal(kept: advised.kept) == advised)
        let forced = ForcedStep(.approved, by: "anna", reason: "", at: Timestamp(milliseconds: 7))
        #expect(forced.kept == #"{"step":"approved","by":"anna","reason":"","at":7}"#)
        #expect(ForcedStep(kept: forced.kept) == forced && ForcedStep(kept: #"{"step":"undone","by":"a","reason":"","at":7}"#) == nil)
        let detection = Detection(profile: "p", signs: ["a\n\"b\""])
        #expect(detection.kept == #"{"profile":"p","confidence":"low","signs":["a\n\"b\""]}"#)
        #expect(Detection(kept: detection.kept) == detection)
        let totals = [ControlTotal(scope: "file", file: .init(quantity: 5), extracted: .init(quantity: .min, amount: .max))]
        #expect(
            totals.kept
                == #"[{"scope":"file","file":{"quantity":5},"extracted":{"quantity":-9223372036854775808,"amount":9223372036854775807}}]"#)
        #expect([ControlTotal](kept: totals.kept) == totals)
        #expect([Warning]().kept == "[]")
        #expect([Warning("A", "b")].kept == #"[{"code":"A","message":"b","count":1}]"#)
        let figures = (Restatement.Figures(sales: 1, quantity: 2, amount: Money(units: 30_000)), Restatement.Figures.none)
        let month = try #require(Month("2025-04"))
        let replacement = Replacement(went: 1, came: 0, parts: [.init(month: month, store: "Á", old: figures.0, new: figures.1)])
        #expect(
            replacement.kept
                == #"{"went":1,"came":0,"parts":[{"month":"2025-04","store":"Á","old":{"sales":1,"quantity":2,"amount":30000},"#
                + #""new":{"sales":0,"quantity":0,"amount":0}}],"is_taken":false}"#)
        #expect(Replacement(kept: replacement.kept) == replacement)
    }

    @Test(arguments: [
        "", "null", "{}", "[]", #"{"type":"TIMEOUT"}"#, #"{"type":"TIMEOUT","message":1}"#, #"{"type":"timeout","message":"m"}"#,
        #"{"type":"TIMEOUT","message":"m","suggestion":7}"#,
    ])
    func `half a refusal is none`(text: String) {
        #expect(FileRefusal(kept: text) == nil)
    }
}
