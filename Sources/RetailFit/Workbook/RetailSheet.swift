import Sellout

/// The sheets of retail workbooks, and their columns. `Column` is what a header is called in the report; some stand misspelt in the
/// files that are sent, and both spellings are right.
package enum RetailSheet: String, CaseIterable, Hashable, Sendable {
    case retailers = "RETAILER_INFO"
    case products = "PRODUCT_INFO"
    case listings = "RETAILER_PRODUCT_MAPPING"
    case places = "RETAILER_LOCATION"
    case brand = "BRAND_INFO"
    case brandProducts = "BRAND_PRODUCT_INFO"
    case ownProducts = "Products"

    /// Those of the retailers' workbook, all of which it must have.
    package static let ofRetailers: [RetailSheet] = [.retailers, .products, .listings, .places]

    init?(named name: String) {
        let key = Folded.header(name)
        guard let sheet = Self.allCases.first(where: { Folded.header($0.rawValue) == key }) else { return nil }
        self = sheet
    }

    struct Column: Hashable, Sendable {
        let title: String
        var otherwise: [String] = []
        /// A sheet without it says too little.
        var isNeeded = true

        func isCalled(_ key: String) -> Bool { ([title] + otherwise).contains { Folded.header($0) == key } }
    }

    /// In the order of `Field`s below.
    var columns: [Column] {
        switch self {
        case .retailers:
            [
                Column(title: "RETAILER_ID"), Column(title: "RETAILER_NAME"), Column(title: "RETAILER_CATEGORY"),
                Column(title: "RETAILER_FORMAT"), Column(title: "RETAILER_SALE_MODEL"), Column(title: "RETAILER_OUTLET_COUNT"),
                Column(title: "RETAILER_CITY_COUNT"), Column(title: "RETAILER_STATE_COUNT"),
                Column(title: "RETAILER_PURCHASE_MODEL", otherwise: ["RETAILER_PURCAHSE_MODEL"]), Column(title: "RETAILER_CREDIT_DAYS"),
                Column(title: "RETAILER_LOGO_IMG_LINK", isNeeded: false),
            ] + (1...4).map { Column(title: "RETAILER_STORE_IMG_\($0)_LINK", isNeeded: false) }
        case .products:
            [
                Column(title: "PRODUCT_ID"), Column(title: "Prod-BRAND", otherwise: ["BRAND"]), Column(title: "CATEGORY"),
                Column(title: "SUB_CATEGORY"), Column(title: "PRODUCT_DESCRIPTION"), Column(title: "MRP"), Column(title: "PACK_SIZE"),
                Column(title: "UOM"), Column(title: "VALUE", isNeeded: false),
            ]
        case .listings:
            [
                Column(title: "RETAILER_ID"), Column(title: "PRODUCT_ID"), Column(title: "AVG_SELLING_PRICE"), Column(title: "ANNUAL_SALE"),
                Column(title: "RETAILER_MARGIN"),
            ]
        case .places: [Column(title: "RETAILER_ID"), Column(title: "RETAILER_CITY"), Column(title: "RETAILER_STATE")]
        case .brand: [Column(title: "BRAND_ID", isNeeded: false), Column(title: "BRAND_NAME")]
        case .brandProducts:
            [
                Column(title: "BRAND_ID", isNeeded: false), Column(title: "PRODUCT_ID", isNeeded: false), Column(title: "PRODUCT_NAME"),
                Column(title: "CATEGORY"), Column(title: "SUB_CATEGORY"), Column(title: "SHORT_DESCRIPTION", isNeeded: false),
                Column(title: "SPECIFICATION", otherwise: ["SPECIFIACTION"], isNeeded: false), Column(title: "PACK_SIZE"),
                Column(title: "UOM"), Column(title: "MRP"), Column(title: "VALUE", isNeeded: false), Column(title: "GST", isNeeded: false),
            ]
        case .ownProducts:
            [
                Column(title: "PRODUCT NAME"), Column(title: "CATEGORY"), Column(title: "SUB CATEGORY"), Column(title: "MRP"),
                Column(title: "ASP", isNeeded: false), Column(title: "QUANTITY", isNeeded: false), Column(title: "UOM", isNeeded: false),
                Column(title: "TRADE MARGIN", isNeeded: false),
            ]
        }
    }
}
