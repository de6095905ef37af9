import Sellout

/// What a warning tells, as a reseller reads it. Several codes tell the same kind of thing; the ledger's own sentence tells which.
package enum Remark: String, CaseIterable, Sendable {
    case figuresNotRead, sheetNotRead, hiddenSheet, isASum, totalNotUnderstood, belowTotal, periodsDiffer, periodsOverlap, cumulated
    case twoColumns, signsDiffer, currencyDiffers, formula, amountWithoutQuantity, merged, muchSkipped, cutOff, twice, implausibleDate
    case implausiblePrice, implausibleQuantity, storeLooksWrong, unusual, sizesDiffer, newStores, noLongerListed, othersInstead
    case replacesMore, manyErrors, noSales, layoutChanged, builtInRate, noControlSheet, checkDigit, leftUnread, encoding
    /// A code that is not known here.
    case other

    package init(_ warning: Warning) { self = Self.ofCodes[warning.code] ?? .other }

    private static let ofCodes: [String: Remark] = [
        "UNACCOUNTED_CELLS": .figuresNotRead, "SHEET_NOT_READ": .sheetNotRead, "HIDDEN_SHEET_READ": .hiddenSheet,
        "COLUMN_IS_A_SUM": .isASum, "STORE_IS_A_SUM": .isASum, "ROW_IS_A_SUM": .isASum, "TOTAL_AMONG_SALES": .isASum,
        "TOTAL_NOT_UNDERSTOOD": .totalNotUnderstood, "SALES_BELOW_TOTAL": .belowTotal, "PERIODS_DIFFER": .periodsDiffer,
        "PERIOD_CONTRADICTED": .periodsDiffer, "DATE_CONTRADICTED": .periodsDiffer, "PERIODS_OVERLAP": .periodsOverlap,
        "PERIODS_OUT_OF_ORDER": .periodsOverlap, "CUMULATED_FIGURES": .cumulated, "TWO_COLUMNS_CLAIM": .twoColumns,
        "SIGNS_DIFFER": .signsDiffer, "CURRENCY_DIFFERS": .currencyDiffers, "FORMULA_NOT_CALCULATED": .formula,
        "AMOUNT_WITHOUT_QUANTITY": .amountWithoutQuantity, "MERGED_PRODUCT": .merged, "HEADER_MERGED": .merged,
        "MUCH_SKIPPED": .muchSkipped, "LAST_LINE_OPEN": .cutOff, "LAST_LINE_SHORT": .cutOff, "NO_GRAND_TOTAL": .cutOff,
        "INCOMPLETE": .cutOff, "HEADER_AGAIN": .twice, "ROWS_ALL_TWICE": .twice, "ROW_TWICE": .twice, "SAME_ORDER_LINE_TWICE": .twice,
        "IMPLAUSIBLE_DATE": .implausibleDate, "IMPLAUSIBLE_PRICE": .implausiblePrice, "PRICES_APART": .implausiblePrice,
        "UNITS_DOUBTED": .implausiblePrice, "AMOUNTS_ARE_ZERO": .implausiblePrice, "IMPLAUSIBLE_QUANTITY": .implausibleQuantity,
        "STORE_LOOKS_WRONG": .storeLooksWrong, "UNUSUAL_PRICE": .unusual, "UNUSUAL_QUANTITY": .unusual, "UNUSUAL_TOTAL": .unusual,
        "SIZES_DIFFER": .sizesDiffer, "NO_BLOCK_TOTAL": .sizesDiffer, "NEW_STORE": .newStores, "NO_LONGER_LISTED": .noLongerListed,
        "OTHERS_INSTEAD": .othersInstead, "REPLACES_MORE": .replacesMore, "MANY_ERRORS": .manyErrors, "NO_SALES": .noSales,
        "LAYOUT_CHANGED": .layoutChanged, "BUILT_IN_RATE": .builtInRate, "NO_CONTROL_SHEET": .noControlSheet, "CHECK_DIGIT": .checkDigit,
        "SHEETS_NOT_READ": .leftUnread, "COLUMNS_NOT_READ": .leftUnread, "READ_AS_WINDOWS_1252": .encoding,
    ]

    /// Something in the file was not taken account of.
    var leavesCells: Bool { [.figuresNotRead, .sheetNotRead, .leftUnread].contains(self) }
}
