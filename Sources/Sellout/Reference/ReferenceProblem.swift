/// One thing wrong with one line of a reference file. The other lines are taken.
package struct ReferenceProblem: Hashable, Sendable {
    /// As the sheet or a text editor numbers it, from 1.
    package let row: Int
    /// The header as the file spells it; nil where the whole line is meant.
    package let column: String?
    /// What stands there.
    package let value: String?
    package let message: String

    package init(row: Int, column: String?, value: String? = nil, message: String) {
        self.row = row
        self.column = column
        self.value = value
        self.message = message
    }
}
