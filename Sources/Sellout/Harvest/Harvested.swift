/// A piece of what a file holds, as the reader hands it over. Sheets, products and stores are numbered through the file, in
/// the order in which they are first named; drafts refer to them by number.
public struct Harvested: Hashable, Sendable {
    public var sheets: [String] = []
    public var products: [ProductNaming] = []
    public var stores: [StoreNaming] = []
    public var drafts: [Draft] = []
    /// What is wrong with rows whose form is wrong.
    public var errors: [RowError] = []
    /// So many rows `errors` speaks of.
    public var malformedRows = 0

    public init() {}

    public var isEmpty: Bool {
        sheets.isEmpty && products.isEmpty && stores.isEmpty && drafts.isEmpty && errors.isEmpty && malformedRows == 0
    }
}
