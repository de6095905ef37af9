import Operations

/// `audit`: who did what, when and why.
enum AuditCommand {
    static let all = [
        Command(
            CommandShape(
                "audit", operands: ["[BATCH]"], options: [OptionShape("limit", "N", "so many at most (1000)")],
                summary: "Who did what, when and why; newest first.")
        ) { session in
            let limit = try session.arguments.limit(or: 1000)
            let entries = try session.desk().audit(batch: session.arguments.operands.first, limit: limit)
            var listing = Listing(
                session, [.left("AT"), .left("WHO"), .left("WHAT"), .left("BATCH"), .left("FROM"), .left("TO"), .left("WHY")],
                none: "Nothing has been done yet.")
            for entry in entries {
                try listing.add(
                    entry.json,
                    [
                        entry.at.description, entry.actor, entry.action, entry.batch.map { String($0.prefix(8)) } ?? "-", entry.from ?? "-",
                        entry.to ?? "-", entry.reason,
                    ])
            }
            try listing.end()
        }
    ]
}
