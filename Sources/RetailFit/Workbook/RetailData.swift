import Cells

/// What a retail workbook says, all of it right. What it does not name stays as it is.
package struct RetailData: Sendable {
    package struct NamedListing: Sendable {
        /// Codes by their place in `codes`.
        package let retailer: Int32
        package let product: Int32
        package let listing: Listing
    }

    package struct NamedPlace: Sendable {
        package let retailer: Int32
        package let place: RetailPlace
    }

    /// A brand's own product, known by brand, name and size.
    package struct OwnProduct: Hashable, Sendable {
        /// Nil: of whoever sends the file.
        package let brand: String?
        package let product: RetailProduct
        package let name: String
    }

    package var retailers: [Retailer] = []
    package var products: [RetailProduct] = []
    package var listings: [NamedListing] = []
    /// Each once.
    package var places: [NamedPlace] = []
    package var ownProducts: [OwnProduct] = []
    /// Of retailers and products, as the file writes them.
    package var codes: [String] = []
    /// Rows that were read and are right.
    package var records = 0
    package var warnings: [RetailFault] = []

    package init() {}
}
