extension BooksModel {
    /// The rules that the model can be told to break. A broken one stands for a fault that a ledger could have: the random steps must
    /// tell it from the rules.
    enum Rule: CaseIterable {
        // What rows mean.
        case pricesHoldFromTheirDayOn, ratesHoldFromTheirDayOn, eurosAreRounded, halvesGoAwayFromZero
        case mergesAreFollowed, circlesAreRefused
        // What is compared.
        case bookedSalesMeanWhatTheyMeanToday, ordersAreInTheKey, resellersAreApart, bagsCountAlikeRows, amountsAreCompared
        case ownSalesAreNotCompared, settledRowsCountInLateBags
        // What comes of comparing.
        case livingRowsAreUnchanged, correctedFilesHaveUnchangedRows, sameContentIsUnchanged, restatedSalesAreWithdrawn
        // When a batch waits.
        case failedRowsHoldUnlessPartial, failedRowsHoldReplacing, restatedRowsHold, growthBesideLossHolds, nothingValidHolds
        case laterSalesHoldReplacing, manualHolds
        case fewerSalesHoldReplacing, lowerQuantitiesHoldReplacing, lowerAmountsHoldReplacing, lostStoresHoldReplacing
        case unnamedMonthsHoldReplacingAll
        // Replacing.
        case replacingKeepsOtherMonths, replacingAllTakesEveryMonth, lateRowsOfReplacingAreCompared
        // Late rows.
        case waitingBatchesAreDecidedAnew, lateRowsAreBooked, lateRestatementsWait
        // Approving.
        case approvingWantsTheLastReport, approvingWantsTheLastFiguresOfReplacing, approvingSparesLaterSales, allUnchangedCanBeApproved
        // The same content.
        case waitingContentIsDuplicate, bookedContentIsDuplicate, withdrawnContentIsNoDuplicate, deletedContentIsNoDuplicate
        case replacingOverOthersIsNoDuplicate, partlyBookedIsNoDuplicateForReplacing
        // Steps of operators.
        case deletingKeepsSales, deletedRowsAreNotBookedLate, deletedBatchesCanBeUndone
        case undoingReturnsRestated, undoingReturnsReplaced, dependentsRefuseUndoing, comparedRowsAreDependents, dependentsOfDependentsCount
        case dependentsAreReadAgain, deletedDependentsAreNotReadAgain
        case rebookingFollowsStores, rebookingFollowsProducts, rebookingFollowsRates, rebookingFollowsPrices, statedAmountsStay
    }

    /// Where the rules are silent, what a bookkeeper would say. Each can be turned here, in one place.
    struct Rulings {
        /// A row that is valid and waits in its batch keeps store, product and amounts as they were resolved when it became valid;
        /// only its key follows today's names. True: it is resolved again whenever its batch is compared.
        var validRowsAreResolvedAgain = false
        /// A refused approve is remembered as the batch's last comparison also where it was refused for another reason than new figures.
        var everyRefusalIsRemembered = false
        /// A waiting batch that was compared with a sale of B depends on B, though it has booked nothing.
        var waitingBatchesAreDependents = false
        /// A batch that booked a key while its earlier sale was away, or replaced the month of that sale meanwhile, depends on the batch
        /// that took the sale away. Otherwise undoing that batch would make one sale two.
        var bookedMeanwhileIsDependent = true
        /// A row whose product is known and whose price is not lists its key.
        var rowsWithoutPriceListTheirKey = false
        /// A file that restated a key once stays a corrected file for its late rows.
        var correctedStaysCorrected = true
    }
}
