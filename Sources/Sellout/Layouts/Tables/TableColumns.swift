/// The columns of a table by field; as properties, since every row asks for them.
struct TableColumns: Sendable {
    let ean, code, name, quantity, amount, store, date, year, month, period: Int?
    let orderID, country, city, cost, fee: Int?

    init(_ columns: [Field: Int]) {
        ean = columns[.ean]
        code = columns[.code]
        name = columns[.name]
        quantity = columns[.quantity]
        amount = columns[.amount]
        store = columns[.store]
        date = columns[.date]
        year = columns[.year]
        month = columns[.month]
        period = columns[.period]
        orderID = columns[.orderID]
        country = columns[.country]
        city = columns[.city]
        cost = columns[.cost]
        fee = columns[.fee]
    }

    var isDated: Bool { date != nil || period != nil || year != nil && month != nil }

    var hasDetails: Bool { orderID != nil || country != nil || city != nil || cost != nil || fee != nil }

    func column(_ field: Field) -> Int? {
        switch field {
        case .ean: ean
        case .code: code
        case .name: name
        case .quantity: quantity
        case .amount: amount
        case .store: store
        case .date: date
        case .year: year
        case .month: month
        case .period: period
        case .orderID: orderID
        case .country: country
        case .city: city
        case .cost: cost
        case .fee: fee
        }
    }
}
