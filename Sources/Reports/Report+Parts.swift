import Sellout
import Texts

/// The report's parts, each as the object that stands in its list.
extension Report {
    static func json(_ detection: Detection?) -> JSONValue {
        guard let detection else { return .null }
        return [
            "profile": .text(detection.profile), "confidence": .text(detection.confidence.rawValue),
            "signs": .array(detection.signs.map(JSONValue.text)),
        ]
    }

    static func json(_ total: ControlTotal) -> JSONValue {
        ["scope": .text(total.scope), "file": json(total.file), "extracted": json(total.extracted), "agrees": .bool(total.agrees)]
    }

    private static func json(_ sums: ControlTotal.Sums) -> JSONValue {
        ["quantity": sums.quantity.map(JSONValue.number) ?? .null, "amount": .optional(sums.amount.map { Money(units: $0).description })]
    }

    static func json(_ rate: ExchangeRate) -> JSONValue {
        ["currency": .text(rate.currency), "rate": .text(rate.text), "source": .text(rate.source)]
    }

    static func json(_ warning: Warning) -> JSONValue {
        ["code": .text(warning.code), "message": .text(warning.message), "count": .number(warning.count)]
    }

    /// One failed row; listings of errors show the same.
    package static func json(_ error: RowError) -> JSONValue {
        [
            "sheet": .text(error.sheet), "row_number": .number(error.row), "column": .optional(error.column),
            "error_type": .text(error.type.rawValue), "error_message": .text(error.message), "field_name": .optional(error.field),
            "field_value": .optional(error.value), "suggestion": .optional(error.suggestion),
        ]
    }

    /// A file refused as a whole is an error without a row.
    package static func json(_ refusal: FileRefusal) -> JSONValue {
        [
            "sheet": .null, "row_number": .null, "column": .null, "error_type": .text(refusal.type.rawValue),
            "error_message": .text(refusal.message), "field_name": .null, "field_value": .null, "suggestion": .optional(refusal.suggestion),
        ]
    }

    static func json(_ restatement: Restatement) -> JSONValue {
        [
            "store": .text(restatement.store), "product_ean": .text(restatement.ean.description),
            "sale_date": .text(restatement.date.description), "old": json(restatement.old), "new": json(restatement.new),
        ]
    }

    private static func json(_ figures: Restatement.Figures) -> JSONValue {
        ["sales": .number(figures.sales), "quantity": .number(figures.quantity), "amount": .text(figures.amount.description)]
    }

    static func json(_ replacement: Replacement?) -> JSONValue {
        guard let replacement else { return .null }
        return ["went": .number(replacement.went), "came": .number(replacement.came)]
    }
}
