import Calling
import Operations
import Reports

/// `approve`, `retry`, `cancel`, `delete`: an operator's word on a batch. `audit`: who said which, when and why.
enum StepCommands {
    private static let reason = OptionShape("reason", "T", "why, for the audit log")
    private static let force = OptionShape("force", "whatever it waits for; wants --reason, which the reseller reads")

    static let all = [
        Command(
            CommandShape(
                "approve", operands: ["BATCH"],
                options: [
                    reason, force,
                    OptionShape("all", "a replacing file takes the place of everything, not only of the months that it names"),
                ],
                summary: "Books the batch's valid sales.")
        ) { session in
            let arguments = session.arguments
            let force = try isForced(arguments)
            let report = try session.desk().approve(
                arguments.operands[0], all: arguments.has("all"), force: force, reason: arguments.value("reason") ?? "")
            try session.answer(
                report.summary, "Batch \(report.batch.id.short) (\(report.batch.filename)) is approved: \(report.batch.state.rawValue).")
        },
        command(
            "retry", "Reads the batch's file again from the beginning; rows that were settled and read the same are settled again.",
            "waiting for another try"
        ) { desk, id, reason in
            try desk.retry(id, reason: reason)
        },
        Command(
            CommandShape(
                "cancel", operands: ["BATCH"], options: [reason, force], summary: "Takes a batch back before it is final.")
        ) { session in
            let arguments = session.arguments
            let force = try isForced(arguments)
            let report = try session.desk().cancel(arguments.operands[0], force: force, reason: arguments.value("reason") ?? "")
            try session.answer(report.summary, "Batch \(report.batch.id.short) (\(report.batch.filename)) is cancelled.")
        },
        Command(
            CommandShape(
                "undo", operands: ["BATCH"],
                options: [
                    OptionShape("why", "T", "why, for the audit log and the report"),
                    OptionShape("cascade", "later batches that counted on it are undone too and read again"),
                ],
                summary: "Takes back what a batch did: its sales are withdrawn, those whose place they took come back."), run: undo),
        command("delete", "Takes a batch's record away, its sales stay in the books; wants --reason.", "deleted", wantsReason: true) {
            desk, id, reason in
            try desk.delete(id, reason: reason)
        },
        Command(
            CommandShape(
                "audit", operands: ["[BATCH]"],
                options: [
                    OptionShape("reseller", "R", "only what was done to this reseller and its batches"),
                    OptionShape("status", "S", "only steps into this state"), Page.since("what was done"),
                ] + Page.options("1000"),
                summary: "Who did what, when and why; newest first."), run: audit),
    ]

    private static func isForced(_ arguments: Arguments) throws(UsageError) -> Bool {
        guard arguments.has("force") else { return false }
        guard arguments.value("reason")?.contains(where: { !$0.isWhitespace }) == true else {
            throw arguments.misuse("--force wants --reason T.")
        }
        return true
    }

    private static func command(
        _ name: String, _ summary: String, _ done: String, wantsReason: Bool = false,
        _ step: @escaping @Sendable (OperatorDesk, String, String) throws -> Report
    ) -> Command {
        Command(CommandShape(name, operands: ["BATCH"], options: [reason], summary: summary)) { session in
            let reason = session.arguments.value("reason")
            if wantsReason, reason == nil { throw session.arguments.misuse("\(name) wants --reason T.") }
            let report = try step(try session.desk(), session.arguments.operands[0], reason ?? "")
            try session.answer(
                report.summary,
                "Batch \(report.batch.id.short) (\(report.batch.filename)) is \(done)."
            )
        }
    }

    @Sendable private static func undo(_ session: Session) throws {
        let arguments = session.arguments
        let undone = try session.desk().undo(
            arguments.operands[0], cascade: arguments.has("cascade"), reason: arguments.value("why") ?? "")
        try session.answer(undone.json, undone.sentence)
    }

    @Sendable private static func audit(_ session: Session) throws {
        let arguments = session.arguments
        let (page, since, state) = (try arguments.page(of: 1000), try arguments.since(), try arguments.state())
        let entries = try session.readingDesk().audit(
            batch: arguments.operands.first, reseller: arguments.value("reseller"), state: state, since: since, limit: page.wanted,
            offset: page.offset)
        var listing = Listing(
            session, [.left("AT"), .left("WHO"), .left("WHAT"), .left("BATCH"), .left("FROM"), .left("TO"), .left("WHY")],
            none: "Nothing has been done yet.")
        try listing.page(page, entries, \.json) { entry in
            [
                entry.at.description, entry.actor, entry.action, entry.batch.map { String($0.prefix(8)) } ?? entry.reseller ?? "-",
                entry.from ?? "-",
                entry.to ?? "-", entry.reason,
            ]
        }
    }
}
