import Accounts
import Ledger
import Operations
import RetailFit
import Texts
import Web

/// D: a brand's own profile, and the categories that it has chosen.
enum Brands {
    private static let roles = Endpoint.Access.only(keepers)
    /// Who describes a brand.
    static let keepers: Set<Role> = [.superAdmin, .admin, .brandAdmin, .brandUser]

    static let endpoints = [
        Endpoint("createBrand", .platform, .post, "/api/brands/create", roles, bodyLimit: 65_536) { call in
            var fields = BodyFields(call)
            var brand = Brand(name: fields.filled("brand_name"))
            take(&fields, into: &brand)
            try fields.confirm()
            guard let known = try call.changingDesk().create(brand, for: call.user()) else { throw Denial.taken }
            return .success(
                "Brand created successfully",
                ["id": .number(known.id), "brand_name": .text(known.brand.name), "website_url": .optional(known.brand.website)])
        },
        Endpoint("getBrandProfile", .platform, .get, "/api/brands/profile", roles) { call in .found(try own(call).json) },
        Endpoint("updateBrandProfile", .platform, .put, "/api/brands/profile", roles, bodyLimit: 65_536) { call in
            let known = try own(call)
            var fields = BodyFields(call)
            var brand = known.brand
            if fields.has("brand_name") { brand.name = fields.filled("brand_name") }
            take(&fields, into: &brand)
            try fields.confirm()
            let wanted = brand
            guard let changed = try call.changingDesk().change(brand: known.id, { $0 = wanted }) else { throw Denial.taken }
            return .success("Saved", changed.json)
        },
        Endpoint("listBrandCategories", .platform, .get, "/api/brands/categories", roles) { call in
            guard let brand = try call.user().brandID else { return .found(.array([])) }
            return .found(.array(try call.desk().choices(ofBrand: brand).map(\.json)))
        },
        Endpoint("saveBrandCategories", .platform, .post, "/api/brands/categories", roles, bodyLimit: 1 << 20) { call in
            let choices = try choices(call)
            guard let brand = try call.user().brandID else {
                throw Denial.wrongInput("brand", "create the brand first")
            }
            return .success("Saved", .array(try call.changingDesk().set(choices, ofBrand: brand).map(\.json)))
        },
    ]

    private static func own(_ call: Call) throws -> KnownBrand {
        guard let id = try call.user().brandID, let brand = try call.desk().brand(id: id) else { throw Denial.nothingHere }
        return brand
    }

    /// What is not said stays.
    static func take(_ fields: inout BodyFields, into brand: inout Brand) {
        brand.website = fields.link("website_url") ?? brand.website
        brand.contactNumber = fields.line("contact_number") ?? brand.contactNumber
        brand.officialEmail = fields.address("official_email") ?? brand.officialEmail
        brand.designation = fields.line("designation") ?? brand.designation
        brand.firstName = fields.line("first_name") ?? brand.firstName
        brand.lastName = fields.line("last_name") ?? brand.lastName
        brand.margin = fields.line("avg_trade_margin").map { MarginBand($0) } ?? brand.margin
        brand.turnover = fields.line("annual_turnover") ?? brand.turnover
    }

    /// More than there are categories, nobody means.
    private static let mostChoices = 1000

    private static func choices(_ call: Call) throws -> [CategoryChoice] {
        var fields = BodyFields(call)
        guard let items = fields.items("categories"), items.count <= mostChoices else {
            throw Denial.wrongInput("categories", fields.has("categories") ? "not a list of choices" : "missing")
        }
        var choices: [CategoryChoice] = []
        for (place, item) in items.enumerated() {
            guard let category = item["category"]?.text, let subcategory = item["sub_category"]?.text, category.isShortLine,
                subcategory.isShortLine
            else {
                fields.fault("categories[\(place)]", "wants category and sub_category, both texts")
                continue
            }
            choices.append(CategoryChoice(category: category, subcategory: subcategory))
        }
        try fields.confirm()
        var seen: Set<CategoryChoice> = []
        return choices.filter { seen.insert($0.folded).inserted }
    }
}

extension String {
    /// The name of a category.
    var isShortLine: Bool { utf8.count <= 200 && !unicodeScalars.contains { $0.value < 32 || $0.value == 127 } }
}

extension User {
    /// Nil where they have no brand.
    var brandID: Int64? { companyType == "brand" ? companyID : nil }
    var retailerID: Int64? { companyType == "retailer" ? companyID : nil }
}

extension KnownBrand {
    fileprivate var json: JSONValue {
        [
            "id": .number(id), "brand_name": .text(brand.name), "website_url": .optional(brand.website),
            "contact_number": .optional(brand.contactNumber), "official_email": .optional(brand.officialEmail),
            "designation": .optional(brand.designation), "first_name": .optional(brand.firstName), "last_name": .optional(brand.lastName),
            "avg_trade_margin": .optional(brand.margin?.text), "annual_turnover": .optional(brand.turnover),
        ]
    }
}

extension KnownChoice {
    fileprivate var json: JSONValue {
        ["id": .number(id), "category": .text(choice.category), "sub_category": .text(choice.subcategory)]
    }
}
