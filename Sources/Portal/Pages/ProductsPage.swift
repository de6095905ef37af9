import Batches
import Ledger
import Operations
import Reports
import Sellout
import Web

/// Products that sales wait for, with what each probably is beside it: one click maps one, or all that are chosen.
enum ProductsPage {
    static let routes: [PageRoute] = [
        .get("/products") { request, desk throws(Refused) in try page(request, desk) },
        .post("/products/map", bodyLimit: 1 << 20) { request, desk throws(Refused) in try map(request, desk) },
    ]

    private static func page(
        _ request: Request, _ desk: PageDesk, problem: String? = nil, status: Int = 200
    ) throws(Refused) -> Response {
        let reseller = request.asked("reseller").flatMap { $0.isEmpty ? nil : $0 }
        let waiting = try desk.desk.suggestions(reseller: reseller)
        let like = request.asked("like").flatMap { $0.isEmpty ? nil : $0 }
        let body: HTML = """
            <h1>\(headline(waiting))</h1><p>\(advice(waiting))</p>\(filters(reseller, desk))
            \(waiting.isEmpty ? .nothing : form(waiting, try desk.desk.products(ReferenceFilter(limit: 2000)), reseller, desk))
            <h2>What names mean</h2>\(search(like, reseller))\(try like.map { text throws(Refused) in try known(text, reseller, desk) })
            """
        return Frame(title: "Products", section: .products, done: Done(request), problem: problem).page(desk, body, status: status)
    }

    private static func headline(_ waiting: [SuggestedMapping]) -> String {
        guard !waiting.isEmpty else { return "No product waits." }
        let rows = waiting.reduce(0) { $0 + $1.product.rows }
        return "\(Figures.count(waiting.count, "product")) \(waiting.count == 1 ? "waits" : "wait"), with \(Figures.count(rows, "sale"))."
    }

    private static func advice(_ waiting: [SuggestedMapping]) -> String {
        waiting.isEmpty
            ? "Names that files use and that mean no product yet stand here, each with the product that it probably is."
            : "Say which product each name means. Its sales are then taken by themselves; nobody sends a file again."
    }

    private static func filters(_ reseller: String?, _ desk: PageDesk) -> HTML {
        """
        <form class="filters fields" action="/products" data-at-once><div><label for="reseller">Reseller</label>\
        <select id="reseller" name="reseller"><option value="">all</option>\
        \(desk.desk.resellers.html { option($0.reseller, $0.vendorName, reseller) })</select></div><div><button>Show</button></div></form>
        """
    }

    private static func form(_ waiting: [SuggestedMapping], _ products: [Product], _ reseller: String?, _ desk: PageDesk) -> HTML {
        """
        <form method="post" action="\(Link("products", "map", query: [("reseller", reseller)]))">\(desk.token)
        <datalist id="catalogue">\(products.html { "<option value=\"\($0.ean.description)\">\($0.functionalName) \($0.description)</option>" })</datalist>
        <table><thead><tr><th><input type="checkbox" data-all="pick" aria-label="Choose all"></th><th>In the file</th><th>Reseller</th>\
        <th class="n">Waits</th><th>Is probably</th><th>EAN</th><th><span class="sr">Map it</span></th></tr></thead><tbody>
        \(waiting.enumerated().html { line($0.offset, $0.element, desk) })
        </tbody></table>
        <p class="fields"><button class="main" name="one" value="">Map all that are chosen</button></p></form>
        """
    }

    private static func line(_ number: Int, _ one: SuggestedMapping, _ desk: PageDesk) -> HTML {
        let (product, suggestion) = (one.product, one.suggestion)
        let name: HTML? =
            product.name.isEmpty || product.name == product.code ? nil : "<br><span class=\"soft small\">\(product.name)</span>"
        let money: HTML? = product.waits.local.flatMap { local in one.currency.map { ", \(Figures.wholeMoney(local, $0))" as HTML } }
        let ended: HTML? = product.endedFrom.map { "<span class=\"waits\">ended from \(Moments.day($0))</span>" }
        let likely: HTML =
            suggestion.map { found in
                let make: HTML = one.makeAgrees ? "size and kind agree" : "<span class=\"waits\">look at size and kind</span>"
                return "\(found.text)<br><span class=\"soft small\">\(found.percent) % alike, \(make)</span>"
            } ?? ended ?? "<span class=\"soft\">nothing is like it</span>"
        let (code, effect) = (product.code, product.rows == 1 ? "Map: 1 sale" : "Map: \(Figures.count(product.rows)) sales")
        return """
            <tr data-row><td data-label="Choose"><input type="checkbox" name="pick" value="\(number)" aria-label="Choose \(code)"\
            \(one.makeAgrees ? " checked" : "")></td>\
            <td data-label="In the file"><code>\(code)</code>\(name)<input type="hidden" name="code.\(number)" value="\(code)">\
            <input type="hidden" name="reseller.\(number)" value="\(product.reseller)"></td>\
            <td data-label="Reseller">\(desk.vendor(product.reseller))</td>\
            <td class="n" data-label="Waits">\(Figures.count(product.rows, "sale"))\(money)</td><td data-label="Is probably">\(likely)</td>\
            <td data-label="EAN"><input name="ean.\(number)" list="catalogue" inputmode="numeric" size="16" maxlength="20" \
            aria-label="EAN of \(code)" value="\(suggestion?.ean.description)"></td>\
            <td class="whole"><button name="one" value="\(number)">\(effect)</button></td></tr>

            """
    }

    /// One line by its own button, or all that are chosen.
    private static func map(_ request: Request, _ desk: PageDesk) throws(Refused) -> Response {
        let form = try Form(request)
        let chosen = form["one"].map { [$0] } ?? form.all("pick")
        do throws(Refused) {
            guard !chosen.isEmpty else { throw Refused(.wrong, "Choose what is to be mapped.") }
            for number in chosen {
                guard let reseller = form["reseller.\(number)"], let code = form["code.\(number)"] else { continue }
                guard let ean = form["ean.\(number)"] else { throw Refused(.wrong, "Give the EAN of \(code).") }
                _ = try desk.desk.map(reseller: reseller, code: code, ean: ean)
            }
        } catch {
            return try page(request, desk, problem: error.sentence, status: error.status)
        }
        return .going(to: Link("products", query: [("reseller", request.asked("reseller"))]), .mapped)
    }
}

/// What is known already.
extension ProductsPage {
    private static func search(_ like: String?, _ reseller: String?) -> HTML {
        """
        <form class="fields" action="/products"><div><label for="like">A name, a code or an EAN</label>\
        <input id="like" name="like" type="search" maxlength="200" value="\(like)"></div>\
        \(reseller.map { "<input type=\"hidden\" name=\"reseller\" value=\"\($0)\">" as HTML })<div><button>Look</button></div></form>
        """
    }

    private static func known(_ like: String, _ reseller: String?, _ desk: PageDesk) throws(Refused) -> HTML {
        let filter = ReferenceFilter(reseller: reseller, like: like, limit: 200)
        let mappings = try desk.desk.mappings(filter)
        let products = try desk.desk.products(filter)
        guard !mappings.isEmpty || !products.isEmpty else { return "<p class=\"empty\">Nothing is called like that.</p>" }
        let names = mappings.html { entry in
            """
            <tr><td data-label="Reseller">\(desk.vendor(entry.mapping.reseller))</td><td data-label="Name"><code>\(entry.mapping.code)</code></td>\
            <td data-label="EAN"><code>\(entry.mapping.ean.description)</code></td><td data-label="Product">\(entry.productName)</td>\
            <td data-label="Ended">\(entry.mapping.endedFrom.map(Moments.day) ?? "–")</td></tr>
            """
        }
        let catalogue = products.html { product in
            """
            <tr><td data-label="EAN"><code>\(product.ean.description)</code></td><td data-label="Product">\(product.functionalName)</td>\
            <td data-label="Description">\(product.description)</td><td data-label="Is">\(product.replacedBy?.description ?? "–")</td>\
            <td data-label="Ended">\(product.endedFrom.map(Moments.day) ?? "–")</td></tr>
            """
        }
        return """
            \(mappings.isEmpty ? .nothing : "<table><thead><tr><th>Reseller</th><th>Name</th><th>EAN</th><th>Product</th><th>Ended</th></tr></thead><tbody>\(names)</tbody></table>" as HTML)
            \(products.isEmpty ? .nothing : "<h3>Catalogue</h3><table><thead><tr><th>EAN</th><th>Product</th><th>Description</th><th>Is</th><th>Ended</th></tr></thead><tbody>\(catalogue)</tbody></table>" as HTML)
            """
    }
}
