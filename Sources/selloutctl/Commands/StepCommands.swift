import Operations
import Reports

/// `approve`, `retry`, `cancel`, `delete`: an operator's word on a batch.
enum StepCommands {
    private static let reason = OptionShape("reason", "T", "why, for the audit log")

    static let all = [
        command("approve", "Makes the batch's valid sales final.", "approved") { desk, id, reason in try desk.approve(id, reason: reason) },
        command("retry", "Reads the batch's file again from the beginning.", "waiting for another try") { desk, id, reason in
            try desk.retry(id, reason: reason)
        },
        command("cancel", "Takes a batch back before it is final.", "cancelled") { desk, id, reason in try desk.cancel(id, reason: reason)
        },
        command("delete", "Takes a batch and its sales out of the ledger; wants --reason.", "deleted", wantsReason: true) {
            desk, id, reason in
            try desk.delete(id, reason: reason)
        },
    ]

    private static func command(
        _ name: String, _ summary: String, _ done: String, wantsReason: Bool = false,
        _ step: @escaping @Sendable (OperatorDesk, String, String) throws -> Report
    ) -> Command {
        Command(CommandShape(name, operands: ["BATCH"], options: [reason], summary: summary)) { session in
            let reason = session.arguments.value("reason")
            if wantsReason, reason == nil { throw UsageError("\(name) wants --reason T.", command: name) }
            let report = try step(try session.desk(), session.arguments.operands[0], reason ?? "")
            try session.answer(
                report.summary,
                "Batch \(report.batch.id.short) (\(report.batch.filename)) is \(done)\(done == "approved" ? ": \(report.batch.state.rawValue)" : "")."
            )
        }
    }
}
