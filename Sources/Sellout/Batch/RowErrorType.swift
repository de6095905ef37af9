/// What can be wrong with one row; the names are the API's.
package enum RowErrorType: String, CaseIterable, Codable, Sendable {
    case productNotMapped = "PRODUCT_NOT_MAPPED"
    case storeNotFound = "STORE_NOT_FOUND"
    case invalidDateFormat = "INVALID_DATE_FORMAT"
    case missingRequiredField = "MISSING_REQUIRED_FIELD"
    case invalidQuantity = "INVALID_QUANTITY"
    case invalidPrice = "INVALID_PRICE"
    case invalidEAN = "INVALID_EAN"
    case duplicateTransaction = "DUPLICATE_TRANSACTION"
}
