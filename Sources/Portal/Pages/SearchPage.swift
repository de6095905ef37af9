import Batches
import Ledger
import Operations
import Sellout
import Web

/// One field for everything: the name of a file, the number of a batch, an EAN, a store, a product's name.
enum SearchPage {
    private static let most = 20

    static let routes: [PageRoute] = [.get("/search") { request, desk throws(Refused) in try page(request, desk) }]

    private static func page(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        let words = (request.asked("q") ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !words.isEmpty else { return .going(to: Link("batches")) }
        let like = String(words.prefix(200))
        let files = try desk.batches(search: like, limit: most)
        // The whole number of a batch means that batch.
        if let only = files.first, files.count == 1, only.id.text == like.lowercased() { return .going(to: Link("batches", only.id.text)) }
        let filter = ReferenceFilter(like: like, limit: most)
        let (products, mappings) = (try desk.desk.products(filter), try desk.desk.mappings(filter))
        let stores = try desk.desk.stores(filter)
        let found = [
            files.isEmpty ? nil : "<h2>Files</h2>\(BatchesPage.table(files, desk))" as HTML,
            list(
                "Products",
                products.map { "<code>\($0.ean.description)</code> \($0.functionalName) <span class=\"soft\">\($0.description)</span>" }),
            list(
                "Names of products",
                mappings.map {
                    "<code>\($0.mapping.code)</code> at \(desk.vendor($0.mapping.reseller)) is <code>\($0.mapping.ean.description)</code> \($0.productName)"
                }),
            list(
                "Stores",
                stores.map {
                    "<a href=\"\(Link("stores", query: [("reseller", $0.store.reseller), ("like", $0.store.code)]))\"><bdi>\($0.store.name)</bdi></a> <span class=\"soft\">\(desk.vendor($0.store.reseller))</span>"
                }),
        ].compactMap { $0 }
        let body: HTML = """
            <h1>“\(like)”</h1>\(found.isEmpty ? "<p class=\"empty\">Nothing is called like that. Files are found by name or number, products by EAN or name, stores by name, code or city.</p>" : found.joined(""))
            """
        return Frame(title: like).page(desk, body)
    }

    private static func list(_ title: String, _ lines: [HTML]) -> HTML? {
        lines.isEmpty ? nil : "<h2>\(title)</h2><ul>\(lines.html { "<li data-row>\($0)</li>" })</ul>"
    }
}
