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
    package var isOfBrand: Bool { self == .brandAdmin || self == .brandUser }
    package var isOfRetailer: Bool { self == .retailerAdmin || self == .retailerUser }
    /// Permits, forces, and keeps the users.
    package var administers: Bool { self == .superAdmin || self == .admin }
    /// Whether such a user may make, or have a hand on, an account of that role: nobody reaches above their own.
    package func mayKeep(_ role: Role) -> Bool { self == .superAdmin || self == .admin && role != .superAdmin }
}
