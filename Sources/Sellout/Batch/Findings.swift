/// What the reader says of a file once it has read it to its end, beside the rows themselves.
package struct Findings: Hashable, Sendable {
    package var detection: Detection?
    package var rowsSkipped = 0
    package var controlTotals: [ControlTotal] = []
    package var warnings: [Warning] = []

    package init() {}
}
