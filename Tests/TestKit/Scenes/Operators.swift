import Foundation
import Testing

/// What operators do while files are taken, and while they are not.
extension Scene {
    static let operators = forbiddenSteps.map(forbidden) + [manyErrors, mapped, mappedWhileStopped, stepped, settled]

    package static let unknownProduct =
        Samples.boxnoxRows("2025;4", ["Abanuc Madrid;7350154320008;1;10,00"])
        + "2025;4;Retail;Abanuc Madrid;7350154320999;2;20,00;EDP;NOPE\n"

    package static let forbiddenSteps = [
        ("approve", "completed"), ("retry", "completed"), ("cancel", "completed"), ("approve", "failed"), ("cancel", "failed"),
    ]

    package static func forbidden(_ step: String, _ state: String) -> Scene {
        Scene("to \(step) a batch that is \(state) ends with 1 and one sentence naming the state, and changes nothing") { playground in
            let house = try await playground.open()
            let content = state == "completed" ? Samples.boxnox : "no,report\nat,all\n"
            try playground.drop(content, at: "boxnox/inbox/a.csv")
            try await playground.rest(batches: 1)
            for isStopped in [false, true] {
                if isStopped { try await house.stop() }
                let before = [try await playground.ctl("batches", "--json"), try await playground.ctl("audit", "--json")]
                let id = try #require(try await playground.batches().first).batch_id
                let end = try await playground.ask([step, id])
                #expect(end.status == 1)
                #expect(end.output.isEmpty)
                #expect(end.complaint.split(separator: "\n").count == 1 && end.complaint.contains(state), "\(end)")
                #expect([try await playground.ctl("batches", "--json"), try await playground.ctl("audit", "--json")] == before)
            }
        }
    }

    package static let manyErrors = Scene("more errors than a report lists lie whole beside it, as long as there are so many") {
        playground in
        try await playground.open()
        let rows = (0..<1200).map { "2025;4;Retail;Abanuc Madrid;7350154320999;\($0 % 9 + 1);\(($0 % 9 + 1) * 10),00;=EDP;NOPE\n" }
        try playground.drop(Samples.boxnoxHeader + rows.joined(), at: "boxnox/inbox/a.csv")
        let first = try await playground.report(on: "a.csv")
        let name = "a.csv.\(first.batch_id.prefix(8)).errors.csv"
        #expect(first.errors.count == 1000 && first.errors_file == name)
        #expect(
            Set(playground.names(in: "boxnox/outbox"))
                == Set(["errors.csv", "html", "json"].map { "a.csv.\(first.batch_id.prefix(8)).\($0)" }))
        let lines = try String(contentsOfFile: playground.root + "/boxnox/outbox/" + name, encoding: .utf8).split(separator: "\n")
        #expect(lines.first == "sheet,row_number,column,error_type,error_message,field_name,field_value,suggestion")
        #expect(lines.dropFirst().map { $0.split(separator: ",")[1] } == (2...1201).map { "\($0)" })
        try await playground.ctl("map", "boxnox", "NOPE", "7350154320060")
        let second = try await playground.report(on: "a.csv") { $0.rows_failed == 0 }
        #expect(second.errors.isEmpty && second.errors_file == nil)
        try await eventually("the list of errors to go") { playground.names(in: "boxnox/outbox").count == 2 }
    }

    package static let mapped = Scene("when a mapping arrives the waiting rows become sales by themselves, and a new report goes out") {
        playground in
        try await playground.open()
        try playground.drop(unknownProduct, at: "boxnox/inbox/a.csv")
        let first = try await playground.report(on: "a.csv")
        #expect(first.status == "staging_complete")
        #expect(first.errors.map(\.error_type) == ["PRODUCT_NOT_MAPPED"])
        #expect(try await playground.sales().isEmpty)
        try await playground.ctl("map", "boxnox", "NOPE", "7350154320060")
        let second = try await playground.report(on: "a.csv") { $0.status == "completed" }
        #expect(second.batch_id == first.batch_id && second.errors.isEmpty && second.rows_processed == 2)
        #expect(try await playground.sales().map(\.ean) == ["7350154320008", "7350154320060"])
        let answers = playground.names(in: "boxnox/outbox")
        #expect(answers.count == 2)
        // The page was written anew, too.
        #expect(try playground.page(try #require(answers.first), of: "boxnox").contains("class=\"lead good\""))
    }

    package static let mappedWhileStopped = Scene("a mapping that came while the daemon was stopped is used when it starts") { playground in
        let first = try await playground.open()
        try playground.drop(unknownProduct, at: "boxnox/inbox/a.csv")
        try await playground.rest(batches: 1)
        try await first.stop()
        try await playground.ctl("map", "boxnox", "NOPE", "7350154320060")
        try await playground.open()
        try await playground.report(on: "a.csv") { $0.status == "completed" }
        #expect(try await playground.sales().count == 2)
    }

    package static let stepped = Scene("what waits for approval is cancelled, retried and approved, and every step sends a new report") {
        playground in
        try await playground.open()
        try playground.drop(unknownProduct, at: "boxnox/inbox/a.csv")
        let id = try await playground.report(on: "a.csv").batch_id
        try await playground.ctl("cancel", id)
        try await playground.report(on: "a.csv") { $0.status == "cancelled" }
        try await playground.ctl("retry", id)
        try await playground.report(on: "a.csv") { $0.status == "staging_complete" }
        try await playground.ctl("approve", id)
        try await playground.report(on: "a.csv") { $0.status == "partial_success" }
        #expect(try await playground.sales().map(\.local) == ["10.00"])
        try await playground.rest(batches: 1)
        #expect(playground.archived[id]?.content == Data(unknownProduct.utf8))
    }

    package static let settled = Scene("failed rows are filled in and dismissed, the batch ends as completed, and its report says so") {
        playground in
        try await playground.open()
        try playground.drop(unknownProduct + "2025;4;Retail;Abanuc Madrid;7350154320060;two;21,00;EDP;SKU\n", at: "boxnox/inbox/a.csv")
        let first = try await playground.report(on: "a.csv")
        #expect(first.status == "staging_complete" && first.rows_failed == 2 && first.settled == nil)
        let id = first.batch_id
        #expect(try await playground.ctl("row", id, "4").contains("malformed"))
        try await playground.ctl("row", id, "4", "set", "quantity=2", "--why", "said so on the phone")
        #expect(try await playground.report(on: "a.csv") { $0.rows_failed == 1 }.status == "staging_complete")
        #expect(try await playground.ctl("row", id, "3", "dismiss", "--why", "a tester").contains("is completed: 2 sales taken."))
        let last = try await playground.report(on: "a.csv") { $0.status == "completed" }
        #expect(last.rows_processed == 2 && last.rows_failed == 0 && last.errors.isEmpty)
        #expect(
            last.settled?.map { [$0.field_name, $0.original_value, $0.corrected_value, $0.reason] } == [
                ["code", "NOPE", nil, "a tester"], ["quantity", "two", "2", "said so on the phone"],
            ])
        #expect(try await playground.sales().map(\.quantity) == [1, 2])
        let late = try await playground.ask(["row", id, "3", "set", "product=7350154320060"])
        #expect(late.status == 1 && late.complaint.contains("The batch is completed"))
    }
}
