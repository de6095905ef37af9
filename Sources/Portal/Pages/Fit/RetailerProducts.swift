import Cells
import Ledger
import Web

/// What a retailer sells, sorted as its reader wishes.
struct RetailerProducts {
    private enum Order: String, CaseIterable {
        case name, price, sale, margin

        var title: String {
            switch self {
            case .name: "Product"
            case .price: "Price"
            case .sale: "Sold in a year"
            case .margin: "Margin"
            }
        }
    }

    private static let size = 50

    private let listings: [KnownListing]
    private let order: Order
    private let page: Int
    private let link: Link
    private let brand: String?

    var count: Int { listings.count }

    /// Names from A, figures from the largest.
    init(_ listings: [KnownListing], _ request: Request, link: Link, brand: String?) {
        let order = request.asked("sort").flatMap(Order.init(rawValue:)) ?? .sale
        (self.order, self.link, self.brand) = (order, link, brand)
        page = min(max(1, request.asked("page").flatMap { Int($0) } ?? 1), 100_000)
        func figure(_ listing: KnownListing) -> DecimalNumber? {
            switch order {
            case .name: nil
            case .price: listing.listing.price
            case .sale: listing.listing.annualSale
            case .margin: listing.listing.margin
            }
        }
        let sorted = listings.map { (figure: figure($0)?.double, name: $0.product.shownName, listing: $0) }.sorted { one, other in
            if one.figure != other.figure { return (one.figure ?? -.infinity) > (other.figure ?? -.infinity) }
            return one.name < other.name
        }
        self.listings = sorted.map(\.listing)
    }

    private func link(_ order: Order, page: Int = 1) -> Link {
        link.with([("brand", brand), ("sort", order.rawValue), ("page", page > 1 ? String(page) : nil)])
    }

    private func head(_ column: Order) -> HTML {
        let sorted: HTML = column == order ? (column == .name ? " aria-sort=\"ascending\"" : " aria-sort=\"descending\"") : .nothing
        let sign: HTML = column == order ? " <span aria-hidden=\"true\">\(column == .name ? "↑" : "↓")</span>" : .nothing
        return
            "<th\(column == .name ? .nothing : " class=\"n\"" as HTML)\(sorted)><a href=\"\(link(column))\">\(column.title)</a>\(sign)</th>"
    }

    var html: HTML {
        guard !listings.isEmpty else {
            return "<h2 id=\"products\">Products</h2><p class=\"empty\">What it sells stands here as soon as a workbook names it.</p>"
        }
        let from = (page - 1) * Self.size
        let lines = listings.dropFirst(from).prefix(Self.size).html(line)
        // A phone shows no heads, so the ways to sort stand above the list there.
        let sorting = Order.allCases.map { one -> HTML in
            "<a href=\"\(link(one))\"\(one == order ? " aria-current=\"true\"" as HTML : .nothing)>\(one.title)</a>"
        }
        return """
            <h2 id="products">Products</h2><p class="sorting soft">Sort by \(sorting.joined(" · "))</p>
            <table><thead><tr>\(head(.name))<th>Brand</th><th>Category</th><th class="n">MRP</th>\(head(.price))\(head(.sale))\(head(.margin))</tr></thead>\
            <tbody>\(lines)</tbody></table>
            \(Paging(page: page, hasMore: listings.count > from + Self.size) { link(order, page: $0) }.html)
            """
    }

    private func line(_ known: KnownListing) -> HTML {
        let (product, listing) = (known.product.product, known.listing)
        let margin = listing.margin.map { "\($0)\u{A0}%" } ?? "–"
        return """
            <tr data-row><td class="head" data-label="Product"><bdi>\(known.product.shownName)</bdi><br><span class="soft small"><code>\(product.code)</code></span></td>\
            <td data-label="Brand">\(product.brand)</td><td data-label="Category">\(product.category)<br><span class="soft small">\(product.subcategory)</span></td>\
            <td class="n" data-label="MRP">\(Figures.decimal(product.price))</td><td class="n" data-label="Price">\(Figures.decimal(listing.price))</td>\
            <td class="n" data-label="Sold in a year">\(Figures.decimal(listing.annualSale, places: 0))</td><td class="n" data-label="Margin">\(margin)</td></tr>

            """
    }
}
