import Cells

/// A retailer as its workbook or somebody's form describes it.
package struct Retailer: Hashable, Sendable {
    /// `RT_0002`; nil for one that was made by hand.
    package var code: String?
    package var name: String
    /// Its trade class, not what it sells: `NMT` national, `RMT` regional.
    package var category: String?
    package var format: String?
    package var saleModel: String?
    package var outlets: Int?
    package var cities: Int?
    package var states: Int?
    package var purchaseModel: String?
    package var creditDays: Int?
    package var logo: String?
    /// Links, four at most.
    package var pictures: [String] = []

    package init(code: String? = nil, name: String) {
        self.code = code
        self.name = name
    }
}

/// A product as the trade lists it.
package struct RetailProduct: Hashable, Sendable {
    /// `RV_PI_00016`.
    package var code: String
    package var brand: String
    package var category: String
    package var subcategory: String
    package var description: String
    package var price: DecimalNumber?
    package var packSize: String
    package var unit: String
    /// Price per unit.
    package var value: DecimalNumber?

    package init(
        code: String, brand: String = "", category: String = "", subcategory: String = "", description: String = "",
        price: DecimalNumber? = nil, packSize: String = "", unit: String = "", value: DecimalNumber? = nil
    ) {
        self.code = code
        self.brand = brand
        self.category = category
        self.subcategory = subcategory
        self.description = description
        self.price = price
        self.packSize = packSize
        self.unit = unit
        self.value = value
    }
}

/// That a retailer sells a product, and at what price.
package struct Listing: Hashable, Sendable {
    package var price: DecimalNumber?
    package var annualSale: DecimalNumber?
    /// Percent.
    package var margin: DecimalNumber?

    package init(price: DecimalNumber? = nil, annualSale: DecimalNumber? = nil, margin: DecimalNumber? = nil) {
        self.price = price
        self.annualSale = annualSale
        self.margin = margin
    }
}

/// Where a retailer has outlets.
package struct RetailPlace: Hashable, Sendable {
    package var city: String
    package var state: String

    package init(city: String, state: String) {
        self.city = city
        self.state = state
    }
}
