/// What a file is by its content.
public enum Format: String, Sendable, Codable {
    case xlsx, xlsm, xls, csv
}
