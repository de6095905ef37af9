import Batches
import Settings

/// How one reseller's files are read. It is data from one JSON5 file: adding or changing a reseller means editing that file, no Swift.
package struct Profile: Sendable {
    package let terms: Terms
    let conventions: Conventions
    /// What makes a store an online store if its name holds it. With `=` before it, it must be the whole name: Skins SA calls its
    /// online store ON.
    private let onlineMarks: [String]
    /// In bytes.
    package let largestFile: Int
    let signs: [Sign]
    /// Sheets that are known and hold no sales.
    let notSales: LeftOut
    let completeness: Completeness
    /// The first one that fits is used: the reseller's real layout comes first, then its variants.
    let layouts: [Layout]

    package var reseller: String { terms.reseller }

    package func isOnline(store name: String) -> Bool {
        let folded = Folded.text(name)
        return onlineMarks.contains { $0.hasPrefix("=") ? folded == $0.dropFirst() : folded.contains($0) }
    }

    package var writesLastLineEnd: Bool { completeness.lineEnd }

    package var controlFile: ControlFile? { completeness.controlFile }

    /// What shows that a file has not arrived whole.
    package func incompleteness(_ totals: [ControlTotal]) -> [Warning] { completeness.lacks(totals, vendor: terms.vendorName) }

    /// In these lie files of anybody's.
    package static let othersFolders = ["reference", "retail", "audience", Batch.unrecognised]

    /// Reads a profile; throws all its mistakes at once.
    package static func read(_ json5: [UInt8], file: String) throws(SettingsFaults) -> Profile {
        try SettingsNode.read(json5, file: file) { Profile($0) }
    }

    private init(_ node: SettingsNode) {
        terms = Terms(
            reseller: node.requiredText("reseller", "the reseller's folder name"),
            vendorName: node.requiredText("vendor_name", "the vendor's name as reports show it"),
            country: node.text("country") ?? "",
            language: node.choice("language", default: Language.english),
            currency: node.requiredText("currency", "a currency such as \"EUR\""),
            vatIncluded: node.flag("vat_included", default: false),
            isLivingDocument: node.flag("living_document", default: false),
            storesAreOpen: node.choice("stores", default: StoreDoor.open) == .open,
            approval: node.choice("approval", default: ApprovalPolicy.clean),
            expectations: node.node("expect").map { Expectations($0) } ?? Expectations())
        conventions = Conventions(
            vendorName: terms.vendorName, currency: terms.currency, numbers: node.choice("numbers", default: NumberStyle.point),
            dates: node.choice("dates", default: DateOrder.dayFirst), returnsAllowed: node.flag("returns", default: true),
            zeroQuantity: node.choice("zero_quantity", default: Conventions.ZeroQuantity.skip))
        onlineMarks = node.texts("online_stores").map { $0.lowercased() }
        largestFile = (node.whole("largest_file_mib", in: 1...4096) ?? 50) << 20
        signs = node.node("signs").map(Sign.read) ?? []
        notSales = LeftOut(node, "not_sales")
        completeness = node.node("complete").map { Completeness($0) } ?? Completeness()
        layouts = node.nodes("layouts").map { Layout($0) }
        if Profile.othersFolders.contains(terms.reseller) {
            node.fault("reseller", "\"\(terms.reseller)\" is a folder of the operators' own, and no reseller's")
        }
        if terms.currency.utf8.count != 3 || terms.currency.uppercased() != terms.currency {
            node.fault("currency", "expected three capital letters, found \"\(terms.currency)\"")
        }
        if layouts.isEmpty { node.fault("layouts", "expected at least one layout") }
        if signs.isEmpty { node.fault("signs", "expected at least one sign to know the reseller's files by") }
        node.nothingElse()
    }
}

private enum StoreDoor: String, CaseIterable { case open, closed }

/// How a reseller lays out its sales: in one of a small, closed set of ways, which profiles combine.
struct Layout: Sendable {
    let form: any SheetLayout
    /// A sheet beside the sales whose sums are compared with them.
    let controlSheet: ControlSheet?
    /// Columns that are known and not taken.
    let notWanted: LeftOut

    private enum Kind: String, CaseIterable {
        case table
        case sheetPerStore = "sheet_per_store"
        case storeGrid = "store_grid"
        case periodGrid = "period_grid"
        case blocks
    }

    init(_ node: SettingsNode) {
        let kind = node.choice("kind", default: Kind.table)
        form =
            switch kind {
            case .table: TableLayout(node)
            case .sheetPerStore: SheetPerStoreLayout(node)
            case .storeGrid: StoreGridLayout(node)
            case .periodGrid: PeriodGridLayout(node)
            case .blocks: BlockLayout(node)
            }
        notWanted = LeftOut(node, "not_wanted")
        controlSheet = kind == .table ? node.node("control_sheet").map { ControlSheet($0) } : nil
        node.nothingElse()
    }
}

/// What the daemon must know of a reseller to turn drafts into sales and to settle a batch.
package struct Terms: Hashable, Sendable {
    package var reseller: String
    package var vendorName: String
    package var country: String
    /// In which the reseller reads its pages.
    package var language: Language
    package var currency: String
    package var vatIncluded: Bool
    /// Each file holds the earlier periods again: a sale that repeats is unchanged, no error.
    package var isLivingDocument: Bool
    /// New stores are taken on first sight.
    package var storesAreOpen: Bool
    package var approval: ApprovalPolicy
    package var expectations: Expectations

    package init(
        reseller: String, vendorName: String, country: String = "", language: Language = .english, currency: String,
        vatIncluded: Bool = false,
        isLivingDocument: Bool = false, storesAreOpen: Bool = true, approval: ApprovalPolicy = .clean,
        expectations: Expectations = Expectations()
    ) {
        self.reseller = reseller
        self.vendorName = vendorName
        self.country = country
        self.language = language
        self.currency = currency
        self.vatIncluded = vatIncluded
        self.isLivingDocument = isLivingDocument
        self.storesAreOpen = storesAreOpen
        self.approval = approval
        self.expectations = expectations
    }
}
