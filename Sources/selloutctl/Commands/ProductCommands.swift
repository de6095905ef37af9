import Operations

/// `map`, `unmapped`: which of our products a reseller means.
enum ProductCommands {
    static let all = [
        Command(
            CommandShape(
                "map", operands: ["RESELLER", "CODE", "EAN"], summary: "Says which product a reseller's code or product name means.",
                details: "Rows that wait for it are resolved again by the daemon, and new reports go out.")
        ) { session in
            let words = session.arguments.operands
            let outcome = try session.desk(mayCreate: true).map(reseller: words[0], code: words[1], ean: words[2])
            try session.answer(outcome.json, outcome.sentence)
        },
        Command(
            CommandShape(
                "unmapped", options: [OptionShape("reseller", "R", "only this reseller's")], summary: "Products that rows wait for.")
        ) { session in
            let waiting = try session.desk().unmapped(reseller: session.arguments.value("reseller"))
            var listing = Listing(
                session, [.left("RESELLER"), .left("CODE"), .left("NAME"), .right("ROWS"), .right("BATCHES")],
                none: "No row waits for a mapping.")
            for product in waiting {
                try listing.add(
                    product.json, [product.reseller, product.code, product.name, String(product.rows), String(product.batches)])
            }
            try listing.end()
        },
    ]
}
