import Ledger
import Reports
import Sellout
import Texts

extension OperatorDesk {
    /// What is wrong with a batch's rows put together, the most first.
    package func errorGroups(of batch: Batch, by trait: ErrorTrait) throws(Refused) -> [ErrorGroup] {
        try ask { () throws(LedgerFault) in try ledger.errorGroups(of: batch.id, by: trait) }
    }
}

/// Errors put together, with the same columns as CSV and as JSON.
extension ErrorGroup {
    package static func columns(_ trait: ErrorTrait) -> [String] {
        [trait == .type ? "error_type" : trait == .field ? "field_name" : trait.rawValue, "errors", "rows"]
            + ["sheet", "row_number", "error_type", "error_message", "field_value"].map { "first_\($0)" }
    }

    package var fields: [JSONValue] {
        [
            .optional(key), .number(errors), .number(rows), .text(first.sheet), .number(first.row), .text(first.type.rawValue),
            .text(first.message), .optional(first.value),
        ]
    }

    package func json(_ trait: ErrorTrait) -> JSONValue {
        .object(zip(ErrorGroup.columns(trait), fields).map { JSONValue.Member($0, $1) })
    }
}
