import Accounts
import Cells
import Ledger
import Operations
import RetailFit
import Texts
import Web

/// D: categories, products and retailers, for everybody; and the administrators' counts.
enum RetailCatalogue {
    static let endpoints = [
        Endpoint("listCategories", .platform, .get, "/api/categories", .everybody) { call in
            .found(.array(try call.desk().categoryTree().categories.map(\.json)))
        },
        Endpoint("listProducts", .platform, .get, "/api/products", .everybody) { call in
            let page = try call.platformPage()
            let filter = RetailProductFilter(
                brand: call.request.asked("brand_name"), category: call.request.asked("category"),
                subcategory: call.request.asked("sub_category"), limit: page.limit, offset: page.offset)
            let found = try call.desk().retailProducts(filter)
            return .found(["products": .array(found.items.map(\.json)), "pagination": call.pagination(page, of: found.total)])
        },
        Endpoint("listRetailers", .platform, .get, "/api/retailers", .everybody) { call in
            let page = try call.platformPage()
            let filter = RetailerFilter(
                category: call.request.asked("category"), format: call.request.asked("format"), limit: page.limit, offset: page.offset)
            let found = try call.desk().retailers(filter)
            return .found(["retailers": .array(found.items.map(\.json)), "pagination": call.pagination(page, of: found.total)])
        },
        Endpoint("listRetailerLocations", .platform, .get, "/api/retailers/{id}/locations", .everybody) { call in
            let id = try known(call)
            return .found(.array(try call.desk().places(ofRetailer: id).map(\.json)))
        },
        Endpoint("listRetailerProducts", .platform, .get, "/api/retailers/{id}/products", .everybody) { call in
            let id = try known(call)
            return .found(.array(try call.desk().listings(ofRetailer: id).map(\.json)))
        },
        Endpoint("getAdminDashboard", .platform, .get, "/api/admin/dashboard", .only([.superAdmin, .admin])) { call in
            let (counts, uploads) = (
                try call.desk().retailCounts(tenant: call.portal.settings.tenant), try call.desk().retailUploads(of: nil, limit: 10)
            )
            return .found([
                "total_users": .number(counts.users), "total_brands": .number(counts.brands), "total_retailers": .number(counts.retailers),
                "total_products": .number(counts.products),
                "recent_uploads": .array(
                    uploads.map { upload in
                        [
                            "id": .number(upload.id), "filename": .text(upload.filename), "status": .text(upload.state.rawValue),
                            "created_at": .text(upload.createdAt.description),
                        ]
                    }),
            ])
        },
    ]

    private static func known(_ call: Call) throws -> Int64 {
        let id = try call.platformID("id")
        guard try call.desk().retailer(id: id) != nil else { throw Denial.nothingHere }
        return id
    }
}

extension JSONValue {
    /// The contract wants a number where nothing is known too.
    static func amount(_ number: DecimalNumber?) -> JSONValue { .decimal(number ?? DecimalNumber(digits: 0)) }
}

extension CategoryTree.Category {
    fileprivate var json: JSONValue { ["category": .text(name), "subcategories": .array(subcategories.map(JSONValue.text))] }
}

extension KnownProduct {
    fileprivate var json: JSONValue {
        [
            "id": .number(id), "brand_name": .text(product.brand), "product_id": .text(product.code),
            "product_description": .text(shownName), "category": .text(product.category), "sub_category": .text(product.subcategory),
            "mrp": .amount(product.price), "pack_size": .text(product.packSize), "uom": .text(product.unit),
        ]
    }
}

extension KnownRetailer {
    fileprivate var json: JSONValue {
        [
            "id": .number(id), "retailer_name": .text(retailer.name), "retailer_category": .text(retailer.category ?? ""),
            "retailer_format": .text(retailer.format ?? ""), "outlet_count": .number(retailer.outlets ?? 0),
        ]
    }
}

extension KnownPlace {
    fileprivate var json: JSONValue { ["id": .number(id), "city": .text(place.city), "state": .text(place.state)] }
}

extension KnownListing {
    fileprivate var json: JSONValue {
        [
            "product_id": .number(product.id), "product_name": .text(product.shownName), "avg_selling_price": .amount(listing.price),
            "annual_sale": .amount(listing.annualSale), "retailer_margin": .amount(listing.margin),
        ]
    }
}
