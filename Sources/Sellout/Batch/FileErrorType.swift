/// What can be wrong with a whole file; the names are the API's.
package enum FileErrorType: String, CaseIterable, Codable, Sendable {
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
    case timeout = "TIMEOUT"
    case poisonFile = "POISON_FILE"
}
