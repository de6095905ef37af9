import Ledger
import Reports
import Sellout
import Texts

/// What a listing shows, under the same names as CSV and as JSON.
package protocol ListedEntry {
    static var columns: [String] { get }
    /// In the order of `columns`.
    var fields: [JSONValue] { get }
}

extension ListedEntry {
    package var json: JSONValue { .object(zip(Self.columns, fields).map { JSONValue.Member($0, $1) }) }
}

extension MappingEntry: ListedEntry {
    package static let columns = ["reseller", "code", "product_ean", "product_name", "ended_from"]

    package var fields: [JSONValue] {
        [
            .text(mapping.reseller), .text(mapping.code), .text(mapping.ean.description), .optional(productName),
            .optional(mapping.endedFrom?.description),
        ]
    }
}

extension StoreEntry: ListedEntry {
    package static let columns = ["reseller", "code", "name", "type", "city", "country", "from_file", "merged_into", "ended_from"]

    package var fields: [JSONValue] {
        [
            .text(store.reseller), .text(store.code), .text(store.name), .text(store.isOnline ? "online" : "physical"),
            .text(store.city), .text(store.country), .bool(isFromFile), .optional(mergedInto),
            .optional(store.endedFrom?.description),
        ]
    }
}

extension Product: ListedEntry {
    package static let columns = ["ean", "functional_name", "description", "replaced_by", "ended_from"]

    package var fields: [JSONValue] {
        [
            .text(ean.description), .text(functionalName), .text(description), .optional(replacedBy?.description),
            .optional(endedFrom?.description),
        ]
    }
}

extension StoreCluster {
    package var json: JSONValue {
        ["reseller": .text(reseller), "stores": .array(members.map(\.json))]
    }
}

extension StoreCluster.Member {
    package var json: JSONValue {
        let store = figures.store
        return [
            "code": .text(store.code), "name": .text(store.name), "type": .text(store.isOnline ? "online" : "physical"),
            "city": .text(store.city), "sales": .number(figures.sales), "sales_eur": .text(figures.euros.description),
            "likeness": .optional(likeness?.rawValue),
        ]
    }
}

extension CorrectionAnswer {
    package var json: JSONValue {
        [
            "audit_line": line.map(JSONValue.number) ?? .null, "message": .text(change),
            "sales_affected": salesAffected.map(JSONValue.number) ?? .null,
        ]
    }
}

extension ReferenceImport {
    package func json(salesAffected: Int?, isTried: Bool) -> JSONValue {
        let told: JSONValue =
            isTried
            ? ["dry_run": .bool(true), "records": .array(records.map(\.json))]
            : ["import": number.map(JSONValue.number) ?? .null, "sales_affected": salesAffected.map(JSONValue.number) ?? .null]
        return .joined([
            [
                "kind": .text(kind.rawValue), "rows_total": .number(lines), "rows_failed": .number(linesRefused),
                "new": .number(change.new), "changed": .number(change.changed), "unchanged": .number(change.unchanged),
                "errors": .array(problems.map(\.json)),
            ], told,
        ])
    }
}

extension ChangedRecord {
    package var json: JSONValue {
        ["kind": .text(kind), "record": .text(record), "old": .optional(old), "new": .optional(new)]
    }
}

extension ImportEntry {
    /// `mappings`.
    package var kind: String { String(action.drop { $0 != " " }.dropFirst()) }

    package var json: JSONValue {
        [
            "import": .number(line), "at": .text(at.description), "actor": .text(actor), "kind": .text(kind), "undone": .bool(isUndone),
            "reason": .text(reason),
        ]
    }
}

extension ImportUndoAnswer {
    package var json: JSONValue {
        [
            "import": .number(number), "undone_by": .number(undone.line), "records": .number(undone.putBack),
            "left": .array(undone.left.map(\.json)), "sales_affected": salesAffected.map(JSONValue.number) ?? .null,
        ]
    }
}
