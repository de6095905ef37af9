/// What the reader says of a file once it has read it to its end, beside the rows themselves.
public struct Findings: Hashable, Sendable {
    public var detection: Detection?
    public var rowsSkipped = 0
    public var controlTotals: [ControlTotal] = []
    public var warnings: [Warning] = []

    public init() {}
}
