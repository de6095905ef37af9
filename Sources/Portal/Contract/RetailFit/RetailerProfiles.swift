import Accounts
import Ledger
import Operations
import RetailFit
import Texts
import Web

/// D: a retailer's own profile.
enum RetailerProfiles {
    private static let roles = Endpoint.Access.only(keepers)
    /// Who describes a retailer.
    static let keepers: Set<Role> = [.superAdmin, .admin, .retailerAdmin, .retailerUser]

    static let endpoints = [
        Endpoint("createRetailer", .platform, .post, "/api/retailers/create", roles, bodyLimit: 65_536) { call in
            var fields = BodyFields(call)
            var retailer = Retailer(name: fields.filled("retailer_name"))
            take(&fields, into: &retailer)
            try fields.confirm()
            guard let known = try call.changingDesk().create(retailer, for: call.user()) else { throw Denial.taken }
            return .success("Retailer saved", known.profileJSON)
        },
        Endpoint("getRetailerProfile", .platform, .get, "/api/retailers/profile", roles) { call in .found(try own(call).profileJSON) },
        Endpoint("updateRetailerProfile", .platform, .put, "/api/retailers/profile", roles, bodyLimit: 65_536) { call in
            let known = try own(call)
            var fields = BodyFields(call)
            var retailer = known.retailer
            if fields.has("retailer_name") { retailer.name = fields.filled("retailer_name") }
            take(&fields, into: &retailer)
            try fields.confirm()
            let wanted = retailer
            guard let changed = try call.changingDesk().change(retailer: known.id, { $0 = wanted }) else { throw Denial.nothingHere }
            return .success("Saved", changed.profileJSON)
        },
    ]

    private static func own(_ call: Call) throws -> KnownRetailer {
        guard let id = try call.user().retailerID, let retailer = try call.desk().retailer(id: id) else { throw Denial.nothingHere }
        return retailer
    }

    /// What is not said stays.
    static func take(_ fields: inout BodyFields, into retailer: inout Retailer) {
        retailer.category = fields.line("retailer_category") ?? retailer.category
        retailer.format = fields.line("retailer_format") ?? retailer.format
        retailer.saleModel = fields.line("retailer_sale_model") ?? retailer.saleModel
        retailer.outlets = fields.count("outlet_count") ?? retailer.outlets
        retailer.cities = fields.count("city_count") ?? retailer.cities
        retailer.states = fields.count("state_count") ?? retailer.states
        retailer.purchaseModel = fields.line("purchase_model") ?? retailer.purchaseModel
        retailer.creditDays = fields.count("credit_days") ?? retailer.creditDays
        retailer.logo = fields.link("logo_url") ?? retailer.logo
    }
}

extension KnownRetailer {
    fileprivate var profileJSON: JSONValue {
        func count(_ number: Int?) -> JSONValue { number.map(JSONValue.number) ?? .null }
        return [
            "id": .number(id), "retailer_name": .text(retailer.name), "retailer_category": .optional(retailer.category),
            "retailer_format": .optional(retailer.format), "retailer_sale_model": .optional(retailer.saleModel),
            "outlet_count": count(retailer.outlets), "city_count": count(retailer.cities), "state_count": count(retailer.states),
            "purchase_model": .optional(retailer.purchaseModel), "credit_days": count(retailer.creditDays),
            "logo_url": .optional(retailer.logo),
        ]
    }
}
