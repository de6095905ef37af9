/// When a batch is approved without an operator.
package enum ApprovalPolicy: String, Codable, CaseIterable, Sendable {
    /// No failed row, no restated figure, control totals agree.
    case clean
    /// Valid rows are taken at once; restated figures and disagreeing totals still wait.
    case partial
    /// Never.
    case manual
}
