/// A piece of what a file holds, as the reader hands it over. Sheets, products and stores are numbered through the file, in
/// the order in which they are first named; drafts refer to them by number.
package struct Harvested: Hashable, Sendable {
    package var sheets: [String] = []
    package var products: [ProductNaming] = []
    package var stores: [StoreNaming] = []
    package var drafts: [Draft] = []
    /// What is wrong with rows whose form is wrong.
    package var errors: [RowError] = []
    /// So many rows `errors` speaks of.
    package var malformedRows = 0

    package init() {}

    package var isEmpty: Bool {
        sheets.isEmpty && products.isEmpty && stores.isEmpty && drafts.isEmpty && errors.isEmpty && malformedRows == 0
    }
}
