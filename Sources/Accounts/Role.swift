/// What somebody may do, one list for every interface. Written in any case, shown in lower case.
package enum Role: String, CaseIterable, Hashable, Sendable {
    case superAdmin = "super_admin"
    case admin, `operator`, reseller
    case brandAdmin = "brand_admin"
    case brandUser = "brand_user"
    case retailerAdmin = "retailer_admin"
    case retailerUser = "retailer_user"

    package init?(anyCase text: String) { self.init(rawValue: text.lowercased()) }

    /// Sees every reseller of the tenant, and takes operators' steps.
    package var operates: Bool { administers || self == .operator }
    /// Sends files, or works with those that others send. Brands and retailers do neither.
    package var handlesFiles: Bool { operates || self == .reseller }
    /// Of a brand or a retailer: these people come by themselves, or their colleagues invite them.
    package var companyType: String? {
        switch self {
        case .brandAdmin, .brandUser: "brand"
        case .retailerAdmin, .retailerUser: "retailer"
        case .superAdmin, .admin, .operator, .reseller: nil
        }
    }
    package var isOfBrand: Bool { companyType == "brand" }
    package var isOfRetailer: Bool { companyType == "retailer" }

    /// Permits, forces, and keeps the users.
    package var administers: Bool { self == .superAdmin || self == .admin }

    /// Whether who may govern accounts at all may govern those of this role.
    package func mayGovern(_ other: Role) -> Bool { self == .superAdmin || other != .superAdmin }
}
