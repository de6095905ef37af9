"""What resellers do every day and nobody needs to ask about: the file must still approve itself."""
import datetime

from cases import deviation
from figures_written import number, write
from layouts import LONG_MONTHS, MONTHS
from sheets import Sheet

NOTES = ["Notes", "Read me", "Kommentare", "Sheet3", "Contact", "Legend"]


@deviation("harmless")
def as_sent(case):
    case.fine("Nothing was changed.")


@deviation("harmless", 3)
def other_figures(case):
    """Keeps the price of a piece, and that no line becomes the sum of its neighbours by chance is up to the numbers' size."""
    entries = case.chance.sample(case.sample.entries, case.chance.randint(1, min(4, len(case.sample.entries))))
    for entry in entries:
        before = number(entry[0].value, case.sample.decimal)
        if case.sample.kind != "blocks" or before > 0:
            case.sample.sell(entry, case.chance.randint(1, 9) * (-1 if before < 0 else 1))
    case.sample.resum()
    case.fine("Other quantities at the same prices, sums corrected.")


@deviation("harmless")
def other_store(case):
    """A store nobody has heard of yet, of the same name in all its rows."""
    name = case.pick(["Perfumeria Nueva", "SKINS MENLYN", "Leeds", "Riga Alfa", "Kiosk 24", "Harrogate"])
    if case.sample.kind == "store grid":
        group = case.pick(group for group in case.sample.groups if not group.total and group.name != "E-shop")
        old, group.header.value = group.name, name
    else:
        case.table()
        cells = case.field_cells("store")
        old = case.pick(cells).value
        # An alias stands for a store that is known already.
        case.needs(old not in case.sample.stores)
        for cell in case.sheet.column(case.field_column("store")).values():
            if cell.value == old:
                cell.value = name
    for line in case.sample.lines:
        if line.store == old:
            line.store = name
    case.fine(f"The store {old} is called {name}.")


@deviation("harmless", 2)
def columns_in_other_order(case):
    case.table()
    last = case.sheet.last_column
    first = 2 if case.sample.total_labels else 1
    order = list(range(first, last + 1))
    case.chance.shuffle(order)
    places = {old: new for new, old in enumerate(order, first)}
    case.sheet.cells = {(row, places.get(column, column)): cell for (row, column), cell in case.sheet.cells.items()}
    case.fine("The columns stand in another order.")


@deviation("harmless", 2)
def blank_row(case):
    case.needs(case.sample.kind != "blocks")
    rows = case.rows()
    case.needs(len(rows) > 1)
    case.sheet.insert_rows(case.pick(rows[1:]), case.pick([1, 1, 2, 3]) if case.sample.kind == "table" else 1)
    case.fine("Blank rows stand in the middle.")


@deviation("harmless", 2)
def text_column(case):
    """A note beside the data that holds no numbers."""
    header = case.pick(["Comment", "Remarks", "Anmerkung", "Checked by", None])
    column = case.sheet.last_column + 1
    if case.sample.kind == "table" and case.chance.random() < 0.5:
        column = case.chance.randint(2, column)
        case.sheet.insert_columns(column)
    case.sheet.put(case.sample.head, column, header)
    for row in case.rows():
        if case.chance.random() < 0.7:
            case.sheet.put(row, column, case.pick(["ok", "to be checked", "promo", "window display", "gift"]))
    case.fine("A column of notes without numbers was added.")


@deviation("harmless", 2)
def rows_in_other_order(case):
    case.needs(case.sample.kind != "blocks")
    rows = case.rows()
    places = dict(zip(rows, case.chance.sample(rows, len(rows))))
    case.sheet.cells = {(places.get(row, row), column): cell for (row, column), cell in case.sheet.cells.items()}
    if case.sample.key == "aromateque":
        case.sample.lines.sort(key=lambda line: case.sheet.column_of(line.quantity))
    case.fine("The rows stand in another order.")


@deviation("harmless")
def note_sheet(case):
    """Only words, or nothing at all."""
    case.needs(not case.is_list)
    sheet = Sheet(case.pick(NOTES))
    for row in range(1, case.pick([1, 3, 6])):
        sheet.put(row, 1, case.pick(["Please call us.", "Figures are as agreed.", "Kind regards", "All stores were open."]))
    sheet.state = case.pick(["visible", "visible", "hidden", "veryHidden"])
    case.book.sheets.append(sheet)
    case.fine(f"A sheet {sheet.name} with words alone was added.")


@deviation("harmless")
def sheets_in_other_order(case):
    case.needs(len(case.book.sheets) > 1 and case.sample.kind != "blocks")
    case.chance.shuffle(case.book.sheets)
    case.fine("The sheets stand in another order.")


@deviation("harmless")
def hidden_note_column(case):
    case.table()
    case.sheet.hidden_columns.add(case.field_column("name"))
    case.needs(not case.is_list)
    case.fine("The column of product names is hidden.")


@deviation("harmless")
def same_line_twice_as_usual(case):
    """Skins SA lists every piece on its own, so two rows that are the same are two sales."""
    case.needs(case.sample.key == "skins_sa")
    line = case.pick(case.sample.lines)
    row = case.sheet.row_of(line.quantity)
    case.sheet.insert_rows(row)
    for column, cell in case.sheet.row(row + 1).items():
        case.sheet.put(row, column, cell.value, cell.format)
    again = [case.sheet.get(row, case.sheet.column_of(cell)) for cell in (line.quantity, line.amount, line.product)]
    case.sample.lines.append(type(line)(line.store, line.ean, line.day, *again))
    case.sample.entries.append(tuple(again[:2]))
    case.fine("A row stands there twice.")


@deviation("harmless")
def store_gone(case):
    """A store that closed, with its columns."""
    case.needs(case.sample.kind == "store grid")
    groups = [group for group in case.sample.groups if not group.total]
    gone = case.pick(group for group in groups if group.name not in ("Vilnius Panorama",))
    column = case.sheet.column_of(gone.quantity)
    case.sample.lines = [line for line in case.sample.lines if line.group is not gone]
    taken = set(map(id, case.sheet.take_columns(column, 2).values()))
    for sum_ in case.sample.sums:
        sum_.parts = [cell for cell in sum_.parts if id(cell) not in taken]
    case.sample.groups.remove(gone)
    case.sample.entries = [entry for entry in case.sample.entries if id(entry[0]) not in taken]
    case.sample.resum()
    case.fine(f"The store {gone.name} is gone.")


@deviation("harmless")
def preamble_grew(case):
    case.needs(case.sample.key == "aromateque")
    case.sheet.insert_rows(case.chance.randint(2, 10), case.chance.randint(1, 4))
    case.fine("The preamble is longer.")


@deviation("harmless", 2)
def another_period(case):
    """Every place that tells the period tells the new one."""
    key, month = case.sample.key, case.chance.randint(1, 7)
    if key == "cdlc":
        case.needs(month != 4)
        case.sheet.name = f"2025 {month:02d}"
        case.name = case.name.replace("2025 04", case.sheet.name)
        case.sheet.get(2, 2).value = f"2025 {LONG_MONTHS[month - 1]}"
        days = lambda day: f"2025-{month:02d}-01"
    elif key == "skins_nl":
        case.needs(month != 2)
        case.name = case.name.replace("02-2025", f"{month:02d}-2025")
        case.book["Info"].get(2, 2).value = f"{month:02d}-2025"
        days = lambda day: f"2025-{month:02d}-01"
    elif key == "liberty":
        day = datetime.date(2025, month, case.chance.randint(1, 28))
        style = case.pick([f"{day:%d-%m-%Y}", f"{day:%d_%m_%Y}", f"{day.day}_{day.month}_{day.year}", f"{day.day}-{day.month}-{day.year}"])
        case.name = case.name.replace("31-08-2025", style)
        case.sample.day = day.isoformat()
        days = lambda _: day.isoformat()
    elif key == "boxnox list":
        case.needs(month != 5)
        case.name = case.name.replace("MAY", MONTHS[month - 1].upper())
        for cell in case.field_cells("month"):
            cell.value = str(month)
        days = lambda day: f"2025-{month:02d}-01"
    elif key == "online":
        case.needs(month != 5)
        case.name = case.name.replace("2025-05", f"2025-{month:02d}")
        for cell in case.field_cells("date"):
            cell.value = cell.value.replace("-05-", f"-{month:02d}-")
        days = lambda day: day.replace("-05-", f"-{month:02d}-")
        case.needs(month != 2)
    else:
        case.needs(False)
    for line in case.sample.lines:
        line.day = days(line.day)
    case.fine(f"All of it is month {month}.")


@deviation("harmless")
def month_added(case):
    """A living document a month later."""
    key = case.sample.key
    case.needs(key in ("galilu", "aromateque"))
    column = case.sheet.column_of(case.sample.total)
    case.sheet.insert_columns(column)
    header = case.sheet.put(case.sample.head, column, "May" if key == "galilu" else "01.04.2025")
    case.name = case.name.replace("march'25", "april'25")
    row_totals = {case.sheet.row_of(sum_.target): sum_ for sum_ in case.sample.sums
                  if case.sheet.column_of(sum_.target) == column + 1}
    added = []
    for row in case.rows():
        old = next(line for line in case.sample.lines if case.sheet.row_of(line.quantity) == row)
        cell = case.sheet.put(row, column, case.chance.randint(2, 9))
        line = type(old)(old.store, old.ean, "2025-05-01" if key == "galilu" else "2025-04-01", cell, old.amount, old.product)
        line.month = header
        if key == "aromateque":
            pieces = number(row_totals[row].target.value, ",")
            write(old.amount, number(old.amount.value, ",") / pieces * (pieces + cell.value), ",")
            cell.value = f"{cell.value},000"
        case.sample.lines.append(line)
        row_totals[row].parts.append(cell)
        added.append(cell)
    for label in case.sample.total_labels:
        target = case.sheet.put(case.sheet.row_of(label), column, "0,000")
        case.sample.sums.insert(len(row_totals) - 1, type(case.sample.sums[0])(target, added))
    case.sample.resum()
    case.fine("A month was added, as every month.")


@deviation("harmless")
def optional_columns_gone(case):
    """Cost and fee need not be told."""
    case.needs(case.sample.key == "online")
    for field in case.pick([["cost"], ["fee"], ["cost", "fee"]]):
        case.sheet.remove_column(case.field_column(field))
        del case.sample.fields[field]
    case.fine("The optional columns of cost or fee are gone.")
