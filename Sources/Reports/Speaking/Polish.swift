/// Polish. “Państwo”, and the trade's own words.
extension Wording {
    static let polish = Wording(
        phrases: [
            .waits: "Czeka.", .allTaken: "Wszystko przyjęte.", .nothingNew: "Nic nowego.", .takenInPart: "Przyjęte częściowo.",
            .refused: "Odrzucone.", .undone: "Cofnięte.", .cancelled: "Anulowane.", .waitsItsTurn: "Czeka na swoją kolej.",
            .beingRead: "W trakcie odczytu.", .beingBooked: "W trakcie księgowania.",
            .noSaleReady: "Żadna sprzedaż z pliku nie jest gotowa.", .noSaleFound: "W pliku nie znaleziono żadnej sprzedaży.",
            .notTaken: "Plik nie został przyjęty.", .undoneRest: "Sprzedaż z tego pliku nie jest już zaksięgowana.",
            .cancelledRest: "Żadna sprzedaż z tego pliku nie jest zaksięgowana.",
            .waitsItsTurnRest: "Plik dotarł i wkrótce zostanie odczytany.", .beingReadRest: "To potrwa chwilę.",
            .nothingToDo: "Nie muszą Państwo nic robić.", .sendAgain: "Prosimy przesłać plik ponownie.",
            .notBeforeLook: "Nic nie zostanie zaksięgowane, zanim nasz zespół nie sprawdzi pliku.",
            .missingPrice: "produkt bez ceny lub kursu",
            .newProduct: "nowy produkt", .newStore: "nowy sklep", .newProductOrStore: "nowy produkt lub sklep",
            .byStore: "Według sklepów", .byMonth: "Według miesięcy", .forYou: "Do poprawienia przez Państwa",
            .forUs: "Do załatwienia przez nas", .looksWrong: "Co budzi wątpliwości", .toKnow: "Warto wiedzieć", .totals: "Sumy w pliku",
            .settledByHand: "Wyjaśnione ręcznie", .skippedRows: "Wiersze, które nie są sprzedażą",
            .place: "Miejsce", .inYourFile: "W Państwa pliku", .whatIsWrong: "Co jest nie tak", .whatToDo: "Co zrobić", .totalOf: "Suma",
            .fileSays: "Według pliku", .rowsSay: "Według wierszy", .agreement: "Porównanie", .month: "Miesiąc", .store: "Sklep",
            .product: "Produkt", .day: "Dzień", .goes: "Ubywa", .comes: "Przybywa", .was: "Było", .isNow: "Jest", .reason: "Powód",
            .rows: "Wiersze", .pieces: "Sztuki", .amount: "Kwota",
            .nothing: "pusto", .wholeFile: "cały plik", .agrees: "zgadza się", .differs: "różni się",
            .dismissed: "pominięte, to nie sprzedaż", .inAll: "razem", .and: "i",
            .priceMissingAdvice: "Wprowadzimy cenę lub kurs; sprzedaż zostanie wtedy przyjęta automatycznie.",
            .inDetail: "Dokładniej (po angielsku):",
            .otherOrder: "Kolumny są w innej kolejności.", .everyCell: "każda komórka uwzględniona", .addsToBooks: "uzupełnia księgi",
            .replacesMonths: "zastępuje swoje miesiące",
            .replacesAll: "zastępuje wszystko", .ownRate: "nasz stały kurs, ponieważ kurs EBC nie jest znany",
            .approvedByForce: "Nasz zespół mimo to zatwierdził plik.", .cancelledByForce: "Nasz zespół anulował plik.",
        ],
        counted: [
            .salesReady:
                "{n:{n} sprzedaż jest gotowa|{n} sprzedaże są gotowe|{n} sprzedaży jest gotowych}; ktoś musi je najpierw sprawdzić.",
            .partReady: "Gotowe: {n} z {m} {m:sprzedaży|sprzedaży|sprzedaży};",
            .rowsNeedLook: "{n} {n:wiersz wymaga|wiersze wymagają|wierszy wymaga} sprawdzenia.",
            .salesBooked: "{n:{n} sprzedaż jest zaksięgowana|{n} sprzedaże są zaksięgowane|{n} sprzedaży jest zaksięgowanych}.",
            .partBooked: "Zaksięgowane: {n} z {m} {m:sprzedaży|sprzedaży|sprzedaży};",
            .salesKnown:
                "{n:{n} sprzedaż była już zaksięgowana|{n} sprzedaże były już zaksięgowane|{n} sprzedaży było już zaksięgowanych}.",
            .salesOnTheWay:
                "{n:{n} sprzedaż jest właśnie księgowana|{n} sprzedaże są właśnie księgowane|{n} sprzedaży jest właśnie księgowanych}.",
            .correctNamed: "Prosimy poprawić {n:wiersz|wiersze|wiersze} {rows}.",
            .correctCounted: "Prosimy poprawić {n} {n:wiersz|wiersze|wierszy}.",
            .newNamed:
                "{n:Wiersz {rows} zawiera|Wiersze {rows} zawierają|Wiersze {rows} zawierają} {what}: nasz zespół to uzupełni, nie trzeba niczego przesyłać ponownie.",
            .newCounted:
                "{n} {n:wiersz zawiera|wiersze zawierają|wierszy zawiera} {what}: nasz zespół to uzupełni, nie trzeba niczego przesyłać ponownie.",
            .knownStay:
                "{n:{n} sprzedaż była już zaksięgowana i pozostaje|{n} sprzedaże były już zaksięgowane i pozostają|{n} sprzedaży było już zaksięgowanych i pozostaje} bez zmian.",
            .restatedDiffer: "{n} {n:sprzedaż różni się|sprzedaże różnią się|sprzedaży różni się} od wcześniej otrzymanych danych.",
            .totalsDisagree: "{n} {n:suma w pliku nie zgadza|sumy w pliku nie zgadzają|sum w pliku nie zgadza} się z wierszami.",
            .wouldReplace: "Plik usunąłby {n} {n:sprzedaż|sprzedaże|sprzedaży}, a wniósłby {m}.",
            .doubtsBelow: "{n:Jedna rzecz|{n} rzeczy|{n} rzeczy} w pliku {n:budzi|budzą|budzi} wątpliwości: patrz niżej.",
            .figureTaken: "{n:przyjęta sprzedaż|przyjęte sprzedaże|przyjętych sprzedaży}",
            .figureReady: "{n:gotowa sprzedaż|gotowe sprzedaże|gotowych sprzedaży}",
            .figureToLookAt: "{n:wiersz|wiersze|wierszy} do sprawdzenia", .figureKnown: "już znane",
            .figurePieces: "{n:sztuka|sztuki|sztuk}", .figureTotals: "{n:suma się zgadza|sumy się zgadzają|sum się zgadza}",
            .ofAll: "{n} z {m}", .moreStores: "{n} {n:inny|inne|innych}", .rowNumber: "wiersz {n}", .piecesSold: "{n} szt.",
            .times: "({n} {n:raz|razy|razy})",
            .takesAway: "Ubywa {n} {n:sprzedaż|sprzedaże|sprzedaży}, przybywa {m}",
            .tookAway: "Ubyło {n} {n:sprzedaż|sprzedaże|sprzedaży}, przybyło {m}",
            .restated: "{n} {n:liczba różni się|liczby różnią się|liczb różni się} od wcześniejszych",
            .priceMissing: "{n:Jednej sprzedaży|{n} sprzedażom|{n} sprzedażom} brakuje ceny katalogowej lub kursu",
            .showsFirst: "To pierwsze {n} z {m} błędów; wszystkie są w pliku obok tej strony.", .andMore: "I jeszcze {n}.",
        ],
        quoting: [
            .sheet: "Arkusz {text}", .columnMissing: "Brakuje kolumny {text}.", .columnNew: "Kolumna {text} jest nowa.",
            .perhaps: "Być może chodzi o {text}.", .knownStores: "Podobne znane sklepy: {text}.",
            .writeLike: "Prosimy zapisać tak: {text}.", .batch: "Partia {text}", .readAs: "odczytano jako {text}",
            .rateOfDay: "EBC, {text}",
            .rateOfMonth: "EBC, średnia: {text}",
        ],
        rowErrors: [
            .productNotMapped: Fault(
                "{n:Jeden produkt jest nowy|{n} wiersze zawierają nowy produkt|{n} wierszy zawiera nowy produkt}",
                "Przypiszemy produkt; sprzedaż zostanie wtedy przyjęta automatycznie i nikt nie musi przesyłać pliku ponownie."),
            .storeNotFound: Fault(
                "{n:Jeden sklep jest nowy|{n} wiersze zawierają nowy sklep|{n} wierszy zawiera nowy sklep}",
                "Wprowadzimy lub przypiszemy sklep; sprzedaż zostanie wtedy przyjęta automatycznie."),
            .invalidDateFormat: Fault(
                "{n:Jednej daty|{n} dat|{n} dat} nie można odczytać",
                "Prosimy zapisać datę jak 2025-01-28, a miesiąc jak 2025-01."),
            .missingRequiredField: Fault(
                "{n:Jedna komórka jest pusta|{n} komórki są puste|{n} komórek jest pustych}", "Prosimy uzupełnić komórkę."),
            .invalidQuantity: Fault(
                "{n:Jedna liczba sztuk jest błędna|{n} liczby sztuk są błędne|{n} liczb sztuk jest błędnych}",
                "Liczba sztuk jest liczbą całkowitą."),
            .invalidPrice: Fault(
                "{n:Jedna kwota jest błędna|{n} kwoty są błędne|{n} kwot jest błędnych}", "Kwoty są liczbami; zwrot ma znak minus."),
            .invalidEAN: Fault(
                "{n:Jeden kod EAN jest błędny|{n} kody EAN są błędne|{n} kodów EAN jest błędnych}", "Kod EAN ma 13 cyfr."),
            .duplicateTransaction: Fault(
                "{n:Jedna sprzedaż jest już zaksięgowana|{n} sprzedaże są już zaksięgowane|{n} sprzedaży jest już zaksięgowanych}",
                "Jeśli sprzedano dwa razy, prosimy poprawić wiersz; jeśli przesłano dwa razy, prosimy go pominąć."),
            .formulaNotCalculated: Fault(
                "{n:Jedna formuła nie ma|{n} formuły nie mają|{n} formuł nie ma} wartości",
                "Prosimy otworzyć plik w Excelu, zapisać i przesłać ponownie."),
        ],
        refusals: [
            .fileTypeNotAllowed: Fault("To nie jest arkusz kalkulacyjny", "Prosimy przesłać skoroszyt Excel (.xlsx) lub plik CSV."),
            .fileTooLarge: Fault("Plik jest za duży", "Prosimy go podzielić lub poprosić nasz zespół o zwiększenie limitu."),
            .duplicateFile: Fault("Ten plik już mamy", "Nie muszą Państwo nic robić: sprzedaż nie zostanie policzona dwa razy."),
            .vendorDetectionFailed: Fault(
                "Nie znamy tego układu", "Prosimy przesłać raport w zwykłym układzie lub poprosić nasz zespół o dodanie tego."),
            .wrongReseller: Fault(
                "To wygląda na plik innego sprzedawcy", "Prosimy sprawdzić, czy to właściwy plik, i przesłać go ponownie."),
            .uploadNotPermitted: Fault(
                "Przyjmowanie plików jest wyłączone",
                "Prosimy o kontakt z naszym zespołem. Plik zostaje zachowany i może zostać odczytany po ponownym włączeniu."),
            .parsingError: Fault("Pliku nie można odczytać", "Prosimy przesłać raport w zwykłym układzie."),
            .missingSheet: Fault("Brakuje arkusza", "Prosimy przesłać raport ze zwykłymi arkuszami."),
            .encryptedFile: Fault("Plik jest zabezpieczony hasłem", "Prosimy przesłać go bez hasła."),
            .limitExceeded: Fault("Plik jest zbyt obszerny", "Prosimy sprawdzić liczby i kolumny w tym pliku."),
            .formulaNotCalculated: Fault("Formuła nie ma wartości", "Prosimy otworzyć plik w Excelu, zapisać i przesłać ponownie."),
            .timeout: Fault(
                "Odczyt trwał zbyt długo", "Plik zostaje zachowany. Prosimy o kontakt z naszym zespołem, który może go odczytać."),
            .poisonFile: Fault("Pliku nie można odczytać", "Plik zostaje zachowany; prosimy powiadomić nasz zespół."),
            .incompleteFile: Fault(
                "Plik nie dotarł w całości", "Prosimy przesłać ponownie oba: plik i jego plik kontrolny."),
        ],
        remarks: [
            .figuresNotRead: "W pliku są liczby, których nie odczytujemy.",
            .sheetNotRead: "Jeden arkusz nie został odczytany, a wygląda na sprzedaż.",
            .hiddenSheet: "Sprzedaż odczytano z ukrytego arkusza.",
            .isASum: "Wiersz, kolumna lub sklep wygląda na sumę innych: sumy się nie sprzedaje.",
            .totalNotUnderstood: "Suma w pliku nie odpowiada żadnym wierszom.",
            .belowTotal: "Pod sumą jest sprzedaż, której ona nie obejmuje.",
            .periodsDiffer: "Dwa miejsca w pliku podają różne okresy.",
            .periodsOverlap: "Okresy w pliku nakładają się lub nie są po kolei.",
            .cumulated: "To liczby od początku roku, a nie z jednego miesiąca.",
            .twoColumns: "Dwie kolumny podają to samo i się różnią.", .signsDiffer: "Liczba sztuk i kwota mają różne znaki.",
            .currencyDiffers: "Plik podaje inną walutę niż zwykle.", .formula: "Formuła być może nigdy nie została obliczona.",
            .amountWithoutQuantity: "Są kwoty bez liczby sztuk.", .merged: "Scalone komórki nie pozwalają ustalić produktu lub sklepu.",
            .muchSkipped: "Wiersze bez produktu zawierają dużą część kwoty.", .cutOff: "Plik może być ucięty na końcu.",
            .twice: "Coś występuje w pliku dwa razy.", .implausibleDate: "Data raczej nie może być prawidłowa.",
            .implausiblePrice: "Ceny raczej nie mogą być prawidłowe.",
            .implausibleQuantity: "Liczba sztuk raczej nie może być prawidłowa.",
            .storeLooksWrong: "Nazwa sklepu nie wygląda na sklep.", .unusual: "Liczby odbiegają od ostatnich plików.",
            .sizesDiffer: "Brakuje sumy produktu lub nie jest ona sumą rozmiarów.", .newStores: "Są nowe sklepy.",
            .noLongerListed: "Wcześniej otrzymanej sprzedaży nie ma już w pliku. Pozostaje bez zmian.",
            .othersInstead: "Pojawiła się nowa sprzedaż, a innej brakuje: sklep lub produkt mógł zmienić nazwę.",
            .replacesMore: "Plik usunąłby więcej, niż wnosi.", .manyErrors: "Błędny jest więcej niż co dziesiąty wiersz.",
            .noSales: "W pliku nie znaleziono żadnej sprzedaży.", .layoutChanged: "Układ różni się od ostatniego pliku.",
            .builtInRate: "Kurs EBC dla tej waluty nie jest znany; przyjęto nasz stały kurs.",
            .noControlSheet: "Brakuje arkusza z sumami do porównania.",
            .checkDigit: "Kody EAN mają błędną cyfrę kontrolną; przyjęto je bez zmian.",
            .leftUnread: "Nie odczytano tekstów lub arkuszy bez sprzedaży.", .encoding: "Tekst odczytano jako tekst Windows.",
            .other: "Coś w pliku odbiega od normy.",
        ],
        skipped: [
            .blank: "puste wiersze", .withoutProduct: "wiersze bez produktu", .withoutQuantity: "wiersze bez liczby sztuk",
            .nothingSold: "wiersze bez sprzedaży", .total: "wiersze sum", .headerAgain: "powtórzone nagłówki",
            .sizes: "wiersze rozmiarów, których liczby są w wierszu sumy produktu", .names: "wiersze z nazwą i bez liczb",
        ],
        months: [
            "styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec", "lipiec", "sierpień", "wrzesień", "październik", "listopad",
            "grudzień",
        ],
        shortMonths: ["sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"])
}
