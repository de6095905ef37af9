import Batches
import Sellout
import Texts

/// A row's error in the contract's words. The daemon's own reports say it at more length.
struct ShownRowError {
    let error: RowError

    /// The field's name on the wire, decision 12.
    var field: String? {
        switch error.field {
        case "ean", "code", "product": "product_code"
        case "store": "store_code"
        case "date": "sale_date"
        case "amount", "price": "price"
        default: error.field
        }
    }

    /// A knows only the stored types of old.
    var resellerType: String {
        guard error.type == .formulaNotCalculated else { return error.type.rawValue }
        return switch field {
        case "quantity": RowErrorType.invalidQuantity.rawValue
        case "price": RowErrorType.invalidPrice.rawValue
        case "sale_date": RowErrorType.invalidDateFormat.rawValue
        default: RowErrorType.missingRequiredField.rawValue
        }
    }

    var salesType: String {
        switch error.type {
        case .invalidDateFormat: "INVALID_DATE"
        case .invalidQuantity, .invalidPrice: "INVALID_NUMBER"
        case .productNotMapped, .storeNotFound, .invalidEAN, .formulaNotCalculated: "VALIDATION_ERROR"
        case .duplicateTransaction: "DUPLICATE_ENTRY"
        case .missingRequiredField: "MISSING_REQUIRED_FIELD"
        }
    }

    func message(_ interface: Interface) -> String {
        let value = error.value ?? ""
        return switch error.type {
        case .productNotMapped: "Product code '\(value)' not found in mappings"
        case .storeNotFound: "Store code '\(value)' not found"
        case .invalidEAN: "Invalid product EAN: must be 13 digits"
        case .invalidDateFormat: "Date format must be YYYY-MM-DD or Excel date number"
        case .invalidQuantity: "Quantity must be numeric and positive"
        case .invalidPrice: "Price must be numeric and positive"
        case .missingRequiredField where interface == .salesUploads: "Missing required field: \(field ?? "unknown")"
        case .missingRequiredField: "Required field '\(field ?? "unknown")' is empty"
        case .duplicateTransaction: "Transaction already exists"
        case .formulaNotCalculated: error.message
        }
    }

    /// What may stand beside the contract's own members.
    var place: JSONValue {
        ["sheet": .text(error.sheet), "column": .optional(error.column), "suggestion": .optional(error.suggestion)]
    }

    func resellerJSON(_ reseller: String) -> JSONValue {
        .joined([
            [
                "row_number": .number(max(1, error.row)), "error_type": .text(resellerType),
                "error_message": .text(message(.resellerUploads)), "field_name": .optional(field), "field_value": .optional(error.value),
                "reseller_name": .text(reseller),
            ], place,
        ])
    }

    func salesJSON(of batch: Batch, number: Int, rawData: JSONValue) -> JSONValue {
        .joined([
            [
                "error_id": .text(batch.id.derived(number)), "upload_batch_id": .text(batch.id.text),
                "row_number_in_file": .number(max(1, error.row)), "error_type": .text(salesType),
                "error_message": .text(message(.salesUploads)), "raw_data": rawData, "created_at": .text(batch.lastChange.description),
            ], place,
        ])
    }
}

/// What is wrong with a whole file, as B lists it beside the rows.
struct ShownFileError {
    let refusal: FileRefusal

    var type: String {
        switch refusal.type {
        case .vendorDetectionFailed, .wrongReseller: "VENDOR_DETECTION_FAILED"
        case .parsingError, .encryptedFile, .limitExceeded, .timeout, .poisonFile, .incompleteFile: "PARSING_ERROR"
        case .fileTypeNotAllowed, .fileTooLarge, .duplicateFile, .uploadNotPermitted, .missingSheet, .formulaNotCalculated:
            "VALIDATION_ERROR"
        }
    }

    func json(of batch: Batch) -> JSONValue {
        [
            "error_id": .text(batch.id.derived(0)), "upload_batch_id": .text(batch.id.text), "row_number_in_file": .null,
            "error_type": .text(type), "error_message": .text(refusal.message), "raw_data": [:],
            "created_at": .text(batch.lastChange.description), "suggestion": .optional(refusal.suggestion),
        ]
    }
}

extension Batch {
    /// When something was last known to happen to it.
    var lastChange: Timestamp { endedAt ?? startedAt ?? receivedAt }
}

extension BatchID {
    /// An id for a part of the batch, the same each time: the batch's own with the part's number in its last digits.
    func derived(_ number: Int) -> String {
        let digits = String(UInt32(truncatingIfNeeded: number), radix: 16)
        return String(text.dropLast(8)) + String(repeating: "0", count: 8 - digits.count) + digits
    }
}
