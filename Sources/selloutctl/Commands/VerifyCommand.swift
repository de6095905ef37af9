import Batches
import Calling
import Operations
import Pipeline
import Reports
import Sellout
import Texts

/// `verify`: whether the ledger is whole, and whether archive and ledger know the same files.
enum VerifyCommand {
    static let all = [
        Command(
            CommandShape(
                "verify", summary: "Whether the ledger's file is sound, and agrees with the archive; nothing is changed.",
                details: """
                    Files that the archive keeps and the ledger has never heard of came after the copy that was put back:
                    selloutd takes them again when it is started. Exit status 1 where something must be done.
                    """)
        ) { session in
            let found = try session.wiring.verify(session.whereabouts)
            if session.wantsJSON { try session.printJSON(found.json) } else { try print(found, to: session.output) }
            if found.isWrong { throw Refused(.wrong, "Ledger and archive are not as they should be.") }
        }
    ]

    private static func print(_ found: Verification.Outcome, to output: Output) throws {
        guard found.faultsOfFile.isEmpty else {
            try output.print("The ledger's file is damaged. Stop selloutd and put the last good copy of it back:")
            for fault in found.faultsOfFile { try output.print("  " + Printable.line(fault)) }
            return
        }
        try output.print("The ledger's file is sound.")
        try output.print(found.originals == 1 ? "1 original is in the archive." : "\(found.originals) originals are in the archive.")
        let unheard = found.unheard
        for fault in unheard.faults { try output.print(Printable.line("\(fault)")) }
        try list(
            unheard.batches, "of which the ledger has never heard. Start selloutd anew: it takes them again from the archive.", to: output)
        if !unheard.references.isEmpty {
            try output.print("\n\(unheard.references.count) reference files of which the ledger has never heard; they are taken again too:")
            for file in unheard.references { try output.print("  \(file.batch)  \(file.name.printable)") }
        }
        if !unheard.nobodys.isEmpty {
            try output.print(
                "\n\(unheard.nobodys.count) of which the ledger has never heard and of which nothing says whose they are. Drop their files again "
                    + "if they are resellers':")
            for batch in unheard.nobodys { try output.print("  \(batch)") }
        }
        try list(
            found.missing, of: found.missingCount,
            "of the ledger are not in the archive any more: their retention time is over, or somebody took them away.", to: output)
    }

    private static func list(_ batches: [Batch], of count: Int? = nil, _ what: String, to output: Output) throws {
        guard !batches.isEmpty else { return }
        let count = count ?? batches.count
        try output.print("\n\(count) \(count == 1 ? "file" : "files") \(what)")
        var table = Table([.left("BATCH"), .left("RECEIVED"), .left("RESELLER"), .left("FILE")], none: "", to: output)
        for batch in batches { try table.row([batch.id.short, "\(batch.receivedAt)", batch.reseller, batch.filename]) }
        try table.end()
        if count > batches.count { try output.print("and \(count - batches.count) more") }
    }
}

extension Verification.Outcome {
    fileprivate var json: JSONValue {
        [
            "ledger_faults": .array(faultsOfFile.map(JSONValue.text)), "archive_faults": .array(unheard.faults.map { .text("\($0)") }),
            "originals": .number(originals), "unheard": .array(unheard.batches.map(\.named)),
            "unheard_references": .array(unheard.references.map { .text($0.batch.text) }),
            "unheard_nobodys": .array(unheard.nobodys.map { .text($0.text) }), "missing_count": .number(missingCount),
            "missing": .array(missing.map(\.named)),
        ]
    }
}

extension Batch {
    fileprivate var named: JSONValue {
        [
            "batch_id": .text(id.text), "reseller": .text(reseller), "filename": .text(filename),
            "received_at": .text(receivedAt.description),
        ]
    }
}
