import Ledger
import Operations
import RetailFit
import Sellout
import Web

/// All products that the trade lists and that brands have sent.
enum CataloguePage {
    private static let size = 50

    static let routes: [PageRoute] = [
        .get("/fit/catalogue", for: .retailTrade) { request, desk throws(Refused) in try page(request, desk) }
    ]

    private static func page(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        func asked(_ name: String) -> String? { request.asked(name).flatMap { $0.isEmpty ? nil : String($0.prefix(200)) } }
        let (category, brand) = (asked("category"), asked("of"))
        let number = min(max(1, asked("page").flatMap { Int($0) } ?? 1), 100_000)
        let found = try desk.desk.retailProducts(
            RetailProductFilter(brand: brand, category: category, limit: size, offset: (number - 1) * size))
        let all = category == nil && brand == nil ? found.total : try desk.desk.retailProducts(RetailProductFilter(limit: 1)).total
        func link(_ page: Int) -> Link {
            Link("fit", "catalogue", query: [("category", category), ("of", brand), ("page", page > 1 ? String(page) : nil)])
        }
        let body: HTML = """
            \(FitWay.ways(.catalogue, desk))<h1>\(all == 0 ? "No product is known yet." : "The trade lists \(Figures.count(all, "product")).")</h1>
            \(all == 0 ? "<p class=\"empty\">Products stand here as soon as a workbook names them.</p>" : try form(category, brand, desk))
            \(found.items.isEmpty ? (all == 0 ? .nothing : "<p class=\"empty\">No product is like that. <a href=\"/fit/catalogue\">Show all</a></p>") : table(found.items))
            \(Paging(page: number, hasMore: found.total > number * size, link: link).html)
            """
        return Frame(title: "Catalogue", section: .fit).page(desk, body)
    }

    private static func form(_ category: String?, _ brand: String?, _ desk: PageDesk) throws(Refused) -> HTML {
        let chosen = category.map(Folded.text)
        let names = try desk.desk.categoryTree().categories.map(\.name)
        return """
            <form class="filters fields" action="/fit/catalogue" data-at-once><div><label for="category">Category</label>\
            <select id="category" name="category"><option value="">all</option>\
            \(names.html { option($0, $0, Folded.text($0) == chosen ? $0 : nil) })</select></div>
            <div><label for="of">Brand</label><input id="of" name="of" type="search" maxlength="200" value="\(brand)"></div>
            <div><button>Show</button></div></form>
            """
    }

    private static func table(_ products: [KnownProduct]) -> HTML {
        let lines = products.html { known -> HTML in
            let product = known.product
            let size = [product.packSize, product.unit].filter { !$0.isEmpty }.joined(separator: " ")
            return """
                <tr data-row><td class="head" data-label="Product"><bdi>\(known.shownName)</bdi><br><span class="soft small"><code>\(product.code)</code></span></td>\
                <td data-label="Brand">\(product.brand)</td><td data-label="Category">\(product.category)</td>\
                <td data-label="Subcategory">\(product.subcategory)</td><td data-label="Size">\(size.isEmpty ? "–" : size)</td>\
                <td class="n" data-label="MRP">\(Figures.decimal(product.price))</td></tr>

                """
        }
        return """
            <table><thead><tr><th>Product</th><th>Brand</th><th>Category</th><th>Subcategory</th><th>Size</th><th class="n">MRP</th></tr></thead>\
            <tbody>\(lines)</tbody></table>
            """
    }
}
