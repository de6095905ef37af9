"""Headers that say something else than usual, or nothing."""
from cases import Column, Row, deviation
from sheets import letter
from words import CURRENCY, TOTALS

ANY_TOTAL = ["total"]
FOREIGN = {"quantity": ["Cantidad", "Menge", "Stk", "Ilość", "Aantal", "Pieces"], "amount": ["Importe", "Umsatz", "Wartość", "Omzet", "Revenue", "Turnover"],
           "store": ["Tienda", "Filiale", "Sklep", "Winkel", "Shop name"], "ean": ["Code EAN", "Barcode", "GTIN", "EAN-13", "Kod"],
           "date": ["Fecha", "Datum", "Data", "Day"], "year": ["Jahr", "Año", "Rok"], "month": ["Monat", "Mes", "Miesiąc"]}


def total_headers(case):
    """The headers of columns that hold the sums of others."""
    sample = case.sample
    return [group.header for group in sample.groups if group.total] + [cell for cell in (getattr(sample, name, None) for name in ("total", "euro")) if cell]


def all_headers(case):
    """Every header that tells of the sales' columns."""
    sample = case.sample
    return [*sample.fields.values(), *(cell for group in sample.groups for cell in (group.header, group.quantity, group.amount)),
            *getattr(sample, "months", []), *(total_headers(case) if not sample.groups else [])]


def fields_of(case, header):
    return [field for field, cell in case.sample.fields.items() if cell is header]


@deviation("headers", 4)
def total_header_renamed(case):
    """It equals the sum of its neighbours, whatever it is called."""
    header = case.pick(total_headers(case))
    old, header.value = header.value, case.pick([*TOTALS, "May"] if case.sample.key == "galilu" else TOTALS)
    case.either(f"The total's header {old} says {header.value}.", header.value, Column(header), old)


@deviation("headers", 2)
def total_header_like_a_store(case):
    """A place, a month, a person: nothing in the word tells that it is a sum."""
    header = case.pick(total_headers(case))
    words = {"galilu": ["May", "Jun", "Dec", "Mai"], "aromateque": ["01.04.2025", "01.12.2025"], "cdlc": ["Baltics", "Tallinn Viru", "LV Riga Alfa", "CdlC"],
             "liberty": ["Liberty", "Concession", "London", "Regent Street"]}[case.sample.key]
    old, header.value = header.value, case.pick(words)
    case.either(f"The total's header {old} says {header.value}.", header.value, Column(header), old)


@deviation("headers", 2)
def header_blanked(case):
    header = case.pick(all_headers(case))
    old, place = header.value, case.sheet.place(header)
    below = case.sheet.get(place[0] + 1, place[1]) or next(iter(case.sheet.column(place[1]).values()))
    fields = fields_of(case, header)
    header.value = ""
    if not case.is_list and case.chance.random() < 0.8:
        case.sheet.drop(header)
    case.either(f"The header {old} is empty.", old, *fields, Column(header), Column(below))
    lost = [group for group in case.sample.groups if group.header is header and not group.total]
    if lost or header in getattr(case.sample, "months", []):
        case.wait("Nobody knows whose figures these are.")


@deviation("headers", 2)
def header_misspelt(case):
    headers = [cell for cell in all_headers(case) if len(str(cell.value).strip()) > 3 and not str(cell.value)[:2].isdigit()]
    # A misspelt store is a new store to everybody.
    headers = [cell for cell in headers if not any(cell is group.header and not group.total for group in case.sample.groups)]
    header = case.pick(headers)
    old = str(header.value).strip()
    place = case.chance.randint(1, len(old) - 2)
    header.value = case.pick([old[:place] + old[place + 1:], old[:place] + old[place + 1] + old[place] + old[place + 2:], old[:place] + old[place] + old[place:],
                              old + ".", "_" + old])
    case.either(f"The header {old} is misspelt {header.value}.", header.value, old, *fields_of(case, header), Column(header))


@deviation("headers", 2)
def header_in_another_language(case):
    case.table()
    field = case.pick(set(FOREIGN) & set(case.sample.fields))
    header = case.header(field)
    old, header.value = header.value, case.pick(FOREIGN[field])
    case.either(f"The header {old} says {header.value}.", header.value, old, field, Column(header))


@deviation("headers", 3)
def headers_swapped(case):
    """Two headers changed places, their figures did not. Pairs that would leave the file at one with itself are left alone."""
    case.table()
    fields = [field for field in case.sample.fields if field not in ("other amount", "name", "code", "reseller", "country", "city", "order", "fee", "cost")]
    one, other = case.chance.sample(fields, 2)
    if case.sample.key == "online" and case.chance.random() < 0.3:
        one, other = "amount", case.pick(["cost", "fee"])
    a, b = case.header(one), case.header(other)
    a.value, b.value = b.value, a.value
    case.either(f"The headers {b.value} and {a.value} changed places.", a.value, b.value, one, other, Column(a), Column(b), *ANY_TOTAL)


@deviation("headers", 2)
def measures_swapped(case):
    """Quantity and amount changed places in one group of columns, or in all of them."""
    groups = case.sample.groups
    case.needs(groups)
    for group in (groups if case.chance.random() < 0.4 else [case.pick(group for group in groups if not group.total)]):
        group.quantity.value, group.amount.value = group.amount.value, group.quantity.value
        named = [Column(group.quantity), Column(group.amount), group.name]
        case.places += named
    case.either("Quantity and amount changed places in the headers.", groups[0].quantity.value, groups[0].amount.value, "price", *ANY_TOTAL)


@deviation("headers")
def actual_and_ytd_swapped(case):
    case.needs(case.sample.kind == "blocks")
    groups = [group for group in case.sample.groups if not group.total]
    for group in (groups if case.chance.random() < 0.3 else [case.pick(groups)]):
        column = case.sheet.column_of(group.quantity)
        one, other = case.sheet.get(2, column), case.sheet.get(2, column + 2)
        one.value, other.value = other.value, one.value
        case.places += [Column(one), Column(other), group.name]
    case.either("Actual and YTD changed places above a channel.", "YTD", *ANY_TOTAL)


@deviation("headers")
def months_swapped(case):
    """What stands under a header is of its month: who swaps two means it, or asks to be asked."""
    case.needs(case.sample.kind == "period grid")
    case.alone()
    one, other = case.chance.sample(case.sample.months, 2)
    one.value, other.value = other.value, one.value
    days = {line.month: line.day for line in case.sample.lines}
    for line in case.sample.lines:
        if line.month in (one, other):
            line.day = days[other if line.month is one else one]
    case.sales = case.sample.sales()
    case.either("Two months changed places.", one.value, other.value, Column(one), Column(other))


@deviation("headers", 2)
def header_claimed_twice(case):
    """Another column of numbers bears the header of the quantity or the amount, too."""
    case.table()
    field = case.pick(["quantity", "amount", "store", "ean"])
    header = case.header(field)
    column = case.pick({case.sheet.last_column + 1, case.sheet.column_of(header), case.sheet.column_of(header) + 1})
    case.sheet.insert_columns(column)
    again = case.sheet.put(1, column, case.pick([header.value, header.value, header.value.upper(), f"{header.value} "]))
    for line in case.sample.lines:
        row, value = case.sheet.row_of(line.quantity), case.chance.randint(11, 60)
        other = {"store": "Central Store", "ean": "7350154320107"}.get(field, str(value) if case.is_list else value)
        case.sheet.put(row, column, other)
    case.wait(f"A second column called {header.value} says something else.", header.value, field, Column(again), Column(header))


@deviation("headers", 2)
def currency_in_header(case):
    """The header names a currency that this reseller does not sell in."""
    words = {"EUR": ["USD", "GBP", "PLN"], "GBP": ["EUR", "USD"], "ZAR": ["EUR", "USD"]}.get(CURRENCY[case.sample.reseller])
    case.needs(words)
    word = case.pick(words)
    old = {"cdlc": "Sum Eur", "liberty": "Sales Inc VAT £ "}.get(case.sample.key)
    if old:
        headers = [group.amount for group in case.sample.groups]
        new = {"cdlc": f"Sum {word.title()}", "liberty": f"Sales Inc VAT {'€' if word == 'EUR' else '$'} "}[case.sample.key]
    elif case.sample.key == "aromateque":
        headers, new = [case.sample.euro], f"Total in {word.lower()}"
    else:
        headers = [case.header("amount")]
        text = headers[0].value.strip()
        new = text.replace("EUR", word) if "EUR" in text else case.pick([f"{text} ({word})", f"{text} {word}", f"{text} in {word}"])
    old = headers[0].value
    for header in headers:
        header.value = new
    case.wait(f"The header {old} says {new}.", old, new, word, "amount", *map(Column, headers))


@deviation("headers")
def tax_in_header(case):
    """The header says with tax where this layout's amounts have none, or the other way round."""
    word = {"boxnox": "AMOUNT incl. VAT", "boxnox list": "Sales Amount incl. VAT (EUR)", "skins_sa": "IncVatNetsales", "selfridges": "Sales ex VAT",
            "liberty": "Sales Ex VAT £ "}
    case.needs(case.sample.key in word)
    headers = [group.amount for group in case.sample.groups] or [case.header("amount")]
    old, new = headers[0].value, word[case.sample.key]
    for header in headers:
        header.value = new
    case.wait(f"The header {old} says {new}.", old, new, "amount", "VAT", *map(Column, headers))


@deviation("headers", 2)
def unit_in_header(case):
    """Thousands, cents, packs: the figures are not what they look like."""
    measure = case.pick(["quantity", "amount"])
    if case.sample.groups:
        headers = [getattr(group, measure) for group in case.sample.groups]
    elif case.sample.key == "aromateque":
        headers = [case.sample.euro]
        measure = "amount"
    else:
        headers = [case.header(measure)]
    old = headers[0].value.strip()
    units = {"amount": [f"{old} (kEUR)", f"{old} '000", f"{old} (thousands)", f"{old} in cents", f"{old} x1000", f"k{old}"],
             "quantity": [f"{old} (x10)", f"{old} (packs of 6)", f"{old} (dozen)", f"{old} in boxes", f"{old} '000"]}[measure]
    new = case.pick(units)
    for header in headers:
        header.value = new
    case.wait(f"The header {old} says {new}.", old, new, measure, *map(Column, headers))


@deviation("headers")
def headers_lower(case):
    """Title lines stand above the headers."""
    case.needs(not case.is_list)
    count = case.chance.randint(1, 3)
    case.sheet.insert_rows(1, count)
    title = case.sheet.put(1, 1, case.pick(["BIBBI sell out", "Report", "Sales of April 2025", "Confidential"]))
    header = next(iter(all_headers(case)))
    case.either("Title lines stand above the headers.", str(header.value), title.value, Row(header), Row(title), "header", "sheet")


@deviation("headers")
def headers_gone(case):
    header = case.pick(all_headers(case))
    row = case.sheet.row_of(header)
    texts = [str(cell.value) for cell in case.sheet.row(row).values()] + [f"column {letter(column)}" for column in case.sheet.row(row)]
    case.sheet.remove_row(row)
    case.either("A line of headers is gone.", *texts, f"row {row}", "header")
    if case.sample.kind != "table":
        case.wait("Nobody knows whose figures these are.")
