/// What a column of a table can hold. The names are the profile's keys, and a report's `field_name`.
package enum Field: String, CaseIterable, Sendable {
    case ean, code, name
    case quantity, amount
    case store
    case date, year, month, period
    case orderID = "order_id"
    case country, city, cost, fee
}
