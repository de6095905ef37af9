/// What a page says that holds no figure and no name. Each language has a text for each of them.
package enum Phrase: String, CaseIterable, Sendable {
    // The first word, and what follows it.
    case waits, allTaken, nothingNew, takenInPart, refused, undone, cancelled, waitsItsTurn, beingRead, beingBooked
    case noSaleReady, noSaleFound, notTaken, undoneRest, cancelledRest, waitsItsTurnRest, beingReadRest
    // What is to be done.
    case nothingToDo, sendAgain, notBeforeLook, missingPrice, newProduct, newStore, newProductOrStore
    // Headings.
    case byStore, byMonth, forYou, forUs, looksWrong, toKnow, totals, settledByHand, skippedRows
    // Heads of columns.
    case place, inYourFile, whatIsWrong, whatToDo, totalOf, fileSays, rowsSay, agreement, month, store, product, day, goes, comes, was,
        isNow
    case reason, rows, pieces, amount
    // In cells and beside figures.
    case nothing, wholeFile, agrees, differs, dismissed, inAll, and, priceMissingAdvice, inDetail, otherOrder
    // Small print.
    case everyCell, addsToBooks, replacesMonths, replacesAll, ownRate, approvedByForce, cancelledByForce
}

/// What a page says of a number: `{n}`, which `{n:sale|sales}` chooses the word for, as the language's plural wants it. `{m}` is a second
/// number, `{rows}` and `{what}` are texts that stand beside it.
package enum CountedPhrase: String, CaseIterable, Sendable {
    // The headline's rest.
    case salesReady, partReady, rowsNeedLook, salesBooked, partBooked, salesKnown, salesOnTheWay
    // What is to be done.
    case correctNamed, correctCounted, newNamed, newCounted, knownStay, restatedDiffer, totalsDisagree, wouldReplace, doubtsBelow
    // Under the five figures, which stand for themselves.
    case figureTaken, figureReady, figureToLookAt, figureKnown, figurePieces, figureTotals
    // In tables and headings.
    case ofAll, moreStores, rowNumber, piecesSold, times, takesAway, tookAway, restated, priceMissing, showsFirst, andMore
}

/// What a page says around a text that somebody else has written, or that stands elsewhere: `{text}`.
package enum QuotingPhrase: String, CaseIterable, Sendable {
    case sheet, columnMissing, columnNew, perhaps, knownStores, writeLike, batch, readAs, rateOfDay, rateOfMonth
}
