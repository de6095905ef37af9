/// Why a whole file was not taken, in a sentence that its sender understands.
package struct FileRefusal: Error, Hashable, Sendable {
    package let type: FileErrorType
    package let message: String
    package let suggestion: String?
    /// What operators should know and the sender should not: other resellers, and how their files look.
    package let operatorsNote: String?

    package init(_ type: FileErrorType, _ message: String, suggestion: String? = nil, operatorsNote: String? = nil) {
        self.type = type
        self.message = message
        self.suggestion = suggestion
        self.operatorsNote = operatorsNote
    }
}

/// What can be wrong with a whole file. Reports and API show these names.
package enum FileErrorType: String, CaseIterable, Sendable {
    case fileTypeNotAllowed = "FILE_TYPE_NOT_ALLOWED"
    case fileTooLarge = "FILE_TOO_LARGE"
    case duplicateFile = "DUPLICATE_FILE"
    case vendorDetectionFailed = "VENDOR_DETECTION_FAILED"
    case wrongReseller = "WRONG_RESELLER"
    case uploadNotPermitted = "UPLOAD_NOT_PERMITTED"
    case parsingError = "PARSING_ERROR"
    case missingSheet = "MISSING_SHEET"
    case encryptedFile = "ENCRYPTED_FILE"
    case limitExceeded = "LIMIT_EXCEEDED"
    case formulaNotCalculated = "FORMULA_NOT_CALCULATED"
    case timeout = "TIMEOUT"
    case poisonFile = "POISON_FILE"
    case incompleteFile = "INCOMPLETE_FILE"
}

/// One thing wrong with one row: where, what, and what to do about it.
package struct RowError: Hashable, Sendable {
    package let sheet: String
    package let row: Int
    /// As the sheet names it: `F`.
    package let column: String?
    package let type: RowErrorType
    package let message: String
    package let field: String?
    package let value: String?
    package let suggestion: String?

    package init(
        sheet: String, row: Int, column: String? = nil, type: RowErrorType, message: String, field: String? = nil, value: String? = nil,
        suggestion: String? = nil
    ) {
        self.sheet = sheet
        self.row = row
        self.column = column
        self.type = type
        self.message = message
        self.field = field
        self.value = value
        self.suggestion = suggestion
    }
}

/// What can be wrong with one row. Reports and API show these names.
package enum RowErrorType: String, CaseIterable, Sendable {
    case productNotMapped = "PRODUCT_NOT_MAPPED"
    case storeNotFound = "STORE_NOT_FOUND"
    case invalidDateFormat = "INVALID_DATE_FORMAT"
    case missingRequiredField = "MISSING_REQUIRED_FIELD"
    case invalidQuantity = "INVALID_QUANTITY"
    case invalidPrice = "INVALID_PRICE"
    case invalidEAN = "INVALID_EAN"
    case duplicateTransaction = "DUPLICATE_TRANSACTION"
    case formulaNotCalculated = "FORMULA_NOT_CALCULATED"
}
