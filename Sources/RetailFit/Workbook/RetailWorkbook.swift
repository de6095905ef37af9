import Cells
import Sellout

/// Reads a retail workbook row by row, its sheets in any order, and gives all of it or all that is wrong with it.
package struct RetailWorkbook {
    private(set) var data = RetailData()
    private(set) var faults = RetailFaults()
    private var headers: [RetailSheet: SheetHeader] = [:]
    private var refused: Set<RetailSheet> = []
    private var current: (name: String, sheet: RetailSheet?) = ("", nil)

    // Codes of retailers and products share one list; folded, each with its number.
    private var numbers: [String: Int32] = [:]
    private var retailerRows: [Int32: Int] = [:]
    private var productRows: [Int32: Int] = [:]
    private var listingRows: [Int32] = []
    private var placeRows: [Int32] = []
    private var pairs: [Pair: Int32] = [:]
    private var knownPlaces: Set<FoldedPlace> = []
    private var brands: [String: String] = [:]
    private var ownKeys: [String: Int] = [:]

    private struct Pair: Hashable {
        let retailer: Int32
        let product: Int32
    }

    private struct FoldedPlace: Hashable {
        let retailer: Int32
        let city: String
        let state: String
    }

    package init() {}

    /// Sheets that are none of ours are passed over: they are notes of whoever keeps the file.
    package mutating func take(_ row: Row, ofSheet name: String) {
        if current.name != name || headers.isEmpty { current = (name, RetailSheet(named: name)) }
        guard let sheet = current.sheet, !refused.contains(sheet) else { return }
        guard row.cells.contains(where: { !Folded.text(row.string($0)).isEmpty || $0.kind == .uncalculated }) else { return }
        guard let header = headers[sheet] else {
            let before = faults.count
            headers[sheet] = SheetHeader(sheet, row, &faults)
            if faults.count > before { refused.insert(sheet) }
            return
        }
        var line = RetailLine(row, header)
        switch sheet {
        case .retailers: takeRetailer(&line)
        case .products: takeProduct(&line)
        case .listings: takeListing(&line)
        case .places: takePlace(&line)
        case .brand: takeBrand(&line)
        case .brandProducts: takeBrandProduct(&line)
        case .ownProducts: takeOwnProduct(&line)
        }
        for fault in line.faults { faults.add(fault) }
        if line.faults.isEmpty { data.records += 1 }
    }

    private mutating func number(of code: String) -> Int32 {
        let folded = Folded.text(code)
        if let number = numbers[folded] { return number }
        let number = Int32(clamping: data.codes.count)
        numbers[folded] = number
        data.codes.append(code)
        return number
    }
}

/// The retailers' sheets.
extension RetailWorkbook {
    private mutating func takeRetailer(_ line: inout RetailLine) {
        let code = line.filled(0)
        var retailer = Retailer(code: code, name: line.filled(1))
        (retailer.category, retailer.format, retailer.saleModel) = (line.optional(2), line.optional(3), line.optional(4))
        (retailer.outlets, retailer.cities, retailer.states) = (line.count(5), line.count(6), line.count(7))
        (retailer.purchaseModel, retailer.creditDays, retailer.logo) = (line.optional(8), line.count(9), line.optional(10))
        retailer.pictures = (11...14).compactMap { line.optional($0) }
        guard !code.isEmpty else { return }
        let number = number(of: code)
        if let earlier = retailerRows[number] {
            line.note(0, value: code, "\(code) stands in row \(earlier) already.", do: "Keep one row for each retailer.")
        } else {
            retailerRows[number] = line.row.number
        }
        if line.faults.isEmpty { data.retailers.append(retailer) }
    }

    private mutating func takeProduct(_ line: inout RetailLine) {
        let code = line.filled(0)
        let product = RetailProduct(
            code: code, brand: line.text(1), category: line.text(2), subcategory: line.text(3), description: line.text(4),
            price: line.number(5), packSize: line.text(6), unit: line.text(7), value: line.number(8))
        guard !code.isEmpty else { return }
        let number = number(of: code)
        if let earlier = productRows[number] {
            line.note(0, value: code, "\(code) stands in row \(earlier) already.", do: "Keep one row for each product.")
        } else {
            productRows[number] = line.row.number
        }
        if line.faults.isEmpty { data.products.append(product) }
    }

    private mutating func takeListing(_ line: inout RetailLine) {
        let (retailer, product) = (line.filled(0), line.filled(1))
        let listing = Listing(price: line.number(2), annualSale: line.number(3), margin: line.number(4, isPercent: true))
        guard !retailer.isEmpty, !product.isEmpty else { return }
        let pair = Pair(retailer: number(of: retailer), product: number(of: product))
        let row = Int32(clamping: line.row.number)
        if let earlier = pairs.updateValue(row, forKey: pair) {
            pairs[pair] = earlier
            line.note(
                1, value: product, "\(retailer) and \(product) stand together in row \(earlier) already.", do: "Keep one row for each pair."
            )
        }
        guard line.faults.isEmpty else { return }
        data.listings.append(.init(retailer: pair.retailer, product: pair.product, listing: listing))
        listingRows.append(row)
    }

    private mutating func takePlace(_ line: inout RetailLine) {
        let (retailer, city, state) = (line.filled(0), line.filled(1), line.text(2))
        guard line.faults.isEmpty else { return }
        let number = number(of: retailer)
        guard knownPlaces.insert(FoldedPlace(retailer: number, city: Folded.text(city), state: Folded.text(state))).inserted else {
            let place = state.isEmpty ? city : "\(city), \(state)"
            if data.warnings.count < RetailFaults.kept {
                data.warnings.append(
                    RetailFault(
                        sheet: RetailSheet.places.rawValue, row: line.row.number, column: line.header.title(1), value: city,
                        "\(retailer) in \(place) stands there already; it is kept once."))
            }
            return
        }
        data.places.append(.init(retailer: number, place: RetailPlace(city: city, state: state)))
        placeRows.append(Int32(clamping: line.row.number))
    }
}

/// A brand's own sheets.
extension RetailWorkbook {
    private mutating func takeBrand(_ line: inout RetailLine) {
        let (id, name) = (line.text(0), line.filled(1))
        if !name.isEmpty { brands[Folded.text(id)] = name }
    }

    private mutating func takeBrandProduct(_ line: inout RetailLine) {
        let product = RetailProduct(
            code: line.text(1), brand: line.text(0), category: line.text(3), subcategory: line.text(4), description: line.text(5),
            price: line.number(9), packSize: line.text(7), unit: line.text(8), value: line.number(10))
        add(.init(brand: product.brand, product: product, name: line.filled(2)), &line)
    }

    private mutating func takeOwnProduct(_ line: inout RetailLine) {
        let product = RetailProduct(
            code: "", category: line.text(1), subcategory: line.text(2), price: line.number(3), packSize: line.text(5), unit: line.text(6))
        _ = (line.number(4), line.number(7, isPercent: true))
        add(.init(brand: nil, product: product, name: line.filled(0)), &line)
    }

    /// Ids repeat in real files: a product is known by its brand, name and size.
    private mutating func add(_ own: RetailData.OwnProduct, _ line: inout RetailLine) {
        guard line.faults.isEmpty else { return }
        let key = [own.brand ?? "", own.name, own.product.packSize, own.product.unit].map(Folded.text).joined(separator: "\u{1F}")
        if let earlier = ownKeys[key] {
            line.note(2, value: own.name, "This product stands in row \(earlier) already, in the same size.", do: "Keep one row for each.")
            return
        }
        ownKeys[key] = line.row.number
        if !own.product.code.isEmpty {
            let number = number(of: own.product.code)
            if let earlier = productRows.updateValue(line.row.number, forKey: number), data.warnings.count < RetailFaults.kept {
                data.warnings.append(
                    RetailFault(
                        sheet: line.header.sheet.rawValue, row: line.row.number, column: line.header.title(1), value: own.product.code,
                        "The id stands in row \(earlier) too; the product is known by its name and size."))
            }
        }
        data.ownProducts.append(own)
    }
}

/// The end.
extension RetailWorkbook {
    /// All of it, or what is wrong. What the file names and does not describe must be known already, by its folded code.
    package mutating func finish(
        knowsRetailer: (String) -> Bool, knowsProduct: (String) -> Bool, knowsSender: Bool
    ) -> Result<RetailData, RetailFaultsFound> {
        missingSheets()
        if !knowsSender, data.ownProducts.contains(where: { $0.brand == nil }) {
            faults.add(
                RetailFault(
                    sheet: RetailSheet.ownProducts.rawValue,
                    "It is not known whose products these are.", do: "Upload the file from the brand's own account."))
        }
        strangers(knowsRetailer, knowsProduct)
        for (place, own) in data.ownProducts.enumerated() {
            guard let id = own.brand else { continue }
            // One brand alone needs no id.
            let name = brands[Folded.text(id)] ?? (brands.count == 1 ? brands.first?.value : nil)
            data.ownProducts[place] = .init(brand: name ?? id, product: own.product, name: own.name)
        }
        return faults.isEmpty ? .success(data) : .failure(RetailFaultsFound(faults: faults))
    }

    private mutating func missingSheets() {
        let found = headers.keys
        let wanted: [RetailSheet]
        if found.contains(where: RetailSheet.ofRetailers.contains) {
            wanted = RetailSheet.ofRetailers
        } else if found.contains(.brandProducts) || found.contains(.ownProducts) {
            wanted = []
        } else if found.contains(.brand) {
            wanted = [.brandProducts]
        } else {
            faults.add(
                RetailFault(
                    sheet: "workbook",
                    "This is no retail workbook: none of its sheets is one of \(RetailSheet.allCases.map(\.rawValue).joined(separator: ", ")).",
                    do: "Name the sheets so."
                ))
            return
        }
        for sheet in wanted where !found.contains(sheet) {
            faults.add(
                RetailFault(
                    sheet: sheet.rawValue, "This sheet is missing, or has no headers in its first row.", do: "Add it, with its headers."))
        }
    }

    private mutating func strangers(_ knowsRetailer: (String) -> Bool, _ knowsProduct: (String) -> Bool) {
        // Where a home sheet cannot be read, nobody knows who stands there.
        guard !refused.contains(.retailers), !refused.contains(.products) else { return }
        var known: [RetailSheet: [Int32: Bool]] = [:]
        func isKnown(_ number: Int32, _ home: RetailSheet, _ asks: (String) -> Bool) -> Bool {
            if (home == .retailers ? retailerRows : productRows)[number] != nil || headers[home] == nil { return true }
            if let answer = known[home]?[number] { return answer }
            let answer = asks(Folded.text(data.codes[Int(number)]))
            known[home, default: [:]][number] = answer
            return answer
        }
        func tell(_ sheet: RetailSheet, _ row: Int32, _ field: Int, _ number: Int32, _ home: RetailSheet) {
            let code = data.codes[Int(number)]
            faults.add(
                RetailFault(
                    sheet: sheet.rawValue, row: Int(row), column: headers[sheet]?.title(field), value: code,
                    "\(code) is known neither in \(home.rawValue) nor from earlier files.", do: "Add its row there, or mend the id."))
        }
        for (listing, row) in zip(data.listings, listingRows) {
            if !isKnown(listing.retailer, .retailers, knowsRetailer) { tell(.listings, row, 0, listing.retailer, .retailers) }
            if !isKnown(listing.product, .products, knowsProduct) { tell(.listings, row, 1, listing.product, .products) }
        }
        for (place, row) in zip(data.places, placeRows) where !isKnown(place.retailer, .retailers, knowsRetailer) {
            tell(.places, row, 0, place.retailer, .retailers)
        }
    }
}

package struct RetailFaultsFound: Error, Sendable {
    package let faults: RetailFaults
}
