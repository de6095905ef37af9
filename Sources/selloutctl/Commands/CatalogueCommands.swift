import Calling
import Ledger
import Operations
import Reports
import Sellout
import Texts

/// `mappings` and `products`: listed, searched and corrected.
enum CatalogueCommands {
    private static let mappingWords = ["list", "end"]
    private static let productWords = ["list", "set", "end", "merge", "split"]

    static let all = [
        Command(
            CommandShape(
                "mappings", operands: ["[\(mappingWords.joined(separator: "|"))]", "[WORD …]"],
                options: ReferenceWords.listing + ReferenceWords.ending + [ReferenceWords.why],
                summary: "What resellers' codes and product names mean.",
                details: """
                    mappings [list] [--reseller R] [--like TEXT]
                    mappings end RESELLER CODE [--from DAY | --never]    rows of later sales wait; those of earlier ones keep their meaning
                    `map` says what a code means. Two codes of one product are two mappings; two EANs that are one product: products merge.
                    """), run: mappings),
        Command(
            CommandShape(
                "products", operands: ["[\(productWords.joined(separator: "|"))]", "[WORD …]"],
                options: ReferenceWords.listing + ReferenceWords.ending + [ReferenceWords.why],
                summary: "The catalogue: lists products, corrects them, puts two EANs together that are one.",
                details: """
                    products [list] [--like TEXT] [--reseller R]    with a reseller: those that it has a name for
                    products set EAN functional_name=… description=…
                    products end EAN [--from DAY | --never]     no name means it for later sales
                    products merge EAN INTO     what means the one means the other from now on; entered twice, or replaced
                    products split EAN          takes that back
                    Sales follow by rebook.
                    """), run: products),
    ]

    @Sendable private static func mappings(_ session: Session) throws {
        switch session.arguments.operands.first {
        case nil, "list"?:
            if session.arguments.operands.count > 1 { _ = try ReferenceWords.words(session, []) }
            try ReferenceWords.list(
                session, [.left("RESELLER"), .left("CODE"), .left("EAN"), .left("PRODUCT"), .left("ENDED")], none: "Nothing is mapped yet."
            ) { (entry: MappingEntry) in
                let mapping = entry.mapping
                return [
                    mapping.reseller, mapping.code, mapping.ean.description, entry.productName ?? "-",
                    mapping.endedFrom?.description ?? "-",
                ]
            } _: {
                try session.readingDesk().mappings($0)
            }
        case "end"?:
            let words = try ReferenceWords.words(session, ["RESELLER", "CODE"])
            let day = try ReferenceWords.end(session)
            let desk = try session.desk(mayCreate: true)
            try ReferenceWords.answer(
                try desk.end(mapping: words[1], of: words[0], from: day, reason: ReferenceWords.why(session)), session)
        case let word?: throw ReferenceWords.unknown(word, mappingWords, session)
        }
    }

    @Sendable private static func products(_ session: Session) throws {
        let why = ReferenceWords.why(session)
        switch session.arguments.operands.first {
        case nil, "list"?:
            if session.arguments.operands.count > 1 { _ = try ReferenceWords.words(session, []) }
            try ReferenceWords.list(
                session, [.left("EAN"), .left("NAME"), .left("DESCRIPTION"), .left("IS"), .left("ENDED")], none: "No products."
            ) { (product: Product) in
                [
                    product.ean.description, product.functionalName, product.description, product.replacedBy?.description ?? "-",
                    product.endedFrom?.description ?? "-",
                ]
            } _: {
                try session.readingDesk().products($0)
            }
        case "set"?:
            let (words, fields) = try ReferenceWords.fields(session, behind: ["EAN"])
            try ReferenceWords.answer(try session.desk(mayCreate: true).set(product: words[0], fields: fields, reason: why), session)
        case "end"?:
            let words = try ReferenceWords.words(session, ["EAN"])
            let day = try ReferenceWords.end(session)
            try ReferenceWords.answer(try session.desk(mayCreate: true).end(product: words[0], from: day, reason: why), session)
        case "merge"?:
            let words = try ReferenceWords.words(session, ["EAN", "INTO"])
            try ReferenceWords.answer(try session.desk(mayCreate: true).merge(product: words[0], into: words[1], reason: why), session)
        case "split"?:
            let words = try ReferenceWords.words(session, ["EAN"])
            try ReferenceWords.answer(try session.desk(mayCreate: true).split(product: words[0], reason: why), session)
        case let word?: throw ReferenceWords.unknown(word, productWords, session)
        }
    }
}
