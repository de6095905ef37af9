/// What a file is by its content.
package enum Format: String, Sendable, Codable {
    case xlsx, xlsm, xls, csv
}
