import Foundation
import Settings

extension Profile {
    /// Reads a profile; throws all its mistakes at once.
    package static func read(_ json5: [UInt8], file: String) throws(SettingsFaults) -> Profile {
        try SettingsNode.read(json5, file: file) { Profile($0) }
    }

    private init(_ node: SettingsNode) {
        terms = Terms(
            reseller: node.requiredText("reseller", "the reseller's folder name"),
            vendorName: node.requiredText("vendor_name", "the vendor's name as reports show it"),
            country: node.text("country") ?? "",
            currency: node.requiredText("currency", "a currency such as \"EUR\""),
            vatIncluded: node.flag("vat_included", default: false),
            isLivingDocument: node.flag("living_document", default: false),
            storesAreOpen: node.choice("stores", default: StoreDoor.open) == .open,
            approval: node.choice("approval", default: ApprovalPolicy.clean))
        conventions = Conventions(
            vendorName: terms.vendorName, currency: terms.currency, numbers: node.choice("numbers", default: NumberStyle.point),
            dates: node.choice("dates", default: DateOrder.dayFirst), returnsAllowed: node.flag("returns", default: true),
            zeroQuantity: node.choice("zero_quantity", default: Conventions.ZeroQuantity.skip))
        onlineMarks = node.texts("online_stores").map { $0.lowercased() }
        largestFile = (node.whole("largest_file_mib", in: 1...4096) ?? 50) << 20
        signs = node.node("signs").map(Sign.read) ?? []
        layouts = node.nodes("layouts").map { Layout($0) }
        if terms.currency.utf8.count != 3 || terms.currency.uppercased() != terms.currency {
            node.fault("currency", "expected three capital letters, found \"\(terms.currency)\"")
        }
        if layouts.isEmpty { node.fault("layouts", "expected at least one layout") }
        if signs.isEmpty { node.fault("signs", "expected at least one sign to know the reseller's files by") }
        node.nothingElse()
    }
}

private enum StoreDoor: String, CaseIterable { case open, closed }

extension Sign {
    static func read(_ node: SettingsNode) -> [Sign] {
        defer { node.nothingElse() }
        let cells = node.texts("cells").filter { pattern in
            let compiles = (try? NSRegularExpression(pattern: pattern)) != nil
            if !compiles { node.fault("cells", "\"\(pattern)\" is no regular expression") }
            return compiles
        }
        return node.texts("file_name").map { .nameHolds($0) } + node.texts("sheets").map { .sheet($0) }
            + node.texts("headers").map { .header($0) } + cells.map { .cell($0) }
    }
}
