"""Sheets too many, hidden, renamed, or of another time."""
import datetime

from cases import deviation
from figures_written import number, write
from sheets import Sheet
from words import OLD, OTHERS


def twin(case, name, changed=True):
    """A copy of the sales sheet under another name, with other figures."""
    case.needs(not case.is_list)
    case.needs(all(sheet.name.casefold() != name.casefold() for sheet in case.book.sheets))
    copy = case.sheet.copy(name)
    if changed:
        for entry in case.sample.entries:
            for cell in entry:
                if cell:
                    place = case.sheet.place(cell)
                    value = number(cell.value, case.sample.decimal)
                    write(copy.get(*place), value * 2 if value else 0, case.sample.decimal)
    return copy


def add(case, sheet):
    case.book.sheets.insert(case.chance.randint(0 if case.sample.kind != "blocks" else 1, len(case.book.sheets)), sheet)


def next_name(case):
    """What the sheet would be called for another year or month, in its own manner."""
    name = case.sheet.name
    return {"galilu": case.pick(["product_ranking_2024", "product_ranking_2026"]), "cdlc": case.pick(["2025 03", "2025 05", "2024 04"])}.get(
        case.sample.key, case.pick(OTHERS).format(name))


@deviation("tabs", 4)
def sheet_like_the_sales(case):
    """Another month's, week's, store's or year's, or a corrected one: not read means named."""
    name = next_name(case) if case.chance.random() < 0.5 else case.pick(OLD).format(case.sheet.name)
    name = name[:31]
    add(case, twin(case, name))
    case.wait(f"A sheet {name} with other figures stands beside the sales.", name)


@deviation("tabs", 2)
def same_sheet_twice(case):
    name = case.pick(["{} (2)", "Copy of {}", "{} copy", "Sheet1"]).format(case.sheet.name)[:31]
    add(case, twin(case, name, changed=False))
    case.either(f"A sheet {name} says the same once more.", name)


@deviation("tabs", 3)
def right_sheet_hidden(case):
    """What people see is nearly it, and says something else."""
    name = case.pick([*OLD, "{} new"]).format(case.sheet.name)[:31]
    add(case, twin(case, name))
    case.sheet.state = case.pick(["hidden", "veryHidden"])
    case.wait(f"The sheet {case.sheet.name} is hidden, and {name} is to be seen.", name, "hidden")


@deviation("tabs")
def only_hidden(case):
    case.needs(len(case.book.sheets) > 1)
    case.sheet.state = case.pick(["hidden", "veryHidden"])
    case.either(f"The sheet {case.sheet.name} is hidden.", case.sheet.name, "hidden")


@deviation("tabs", 2)
def hidden_old_copy(case):
    name = case.pick(["old", "{} old", "backup", "{} (2)", "2024", "{} 2024"]).format(case.sheet.name)[:31]
    sheet = twin(case, name)
    sheet.state = case.pick(["hidden", "veryHidden"])
    add(case, sheet)
    case.either(f"A hidden sheet {name} has other figures.", name, "hidden")


@deviation("tabs", 2)
def sheet_renamed(case):
    case.needs(not case.is_list)
    old = case.sheet.name
    case.sheet.name = case.pick(["Sheet1", "Data", "{} final", "Sales", "{}.", "Tabelle1", "sell-out", "{} (2)"]).format(old)[:31]
    case.needs(case.sheet.name != old)
    case.either(f"The sheet {old} is called {case.sheet.name}.", old, case.sheet.name)
    if case.sample.key == "cdlc":
        case.places += ["2025-04", "period"]


@deviation("tabs")
def two_that_fit(case):
    """Names that differ in blanks alone."""
    name = case.pick(["{} ", " {}", "{}  "]).format(case.sheet.name) if case.chance.random() < 0.5 else case.sheet.name.replace(" ", "  ")
    case.needs(name != case.sheet.name and not case.is_list)
    copy = twin(case, name)
    add(case, copy)
    case.wait("Two sheets of one name but for blanks have other figures.", name.strip(), case.sheet.name, "sheet")


@deviation("tabs")
def headers_only(case):
    """A sheet prepared for the next month, without a figure."""
    copy = twin(case, next_name(case), changed=False)
    copy.cells = {place: cell for place, cell in copy.cells.items() if place[0] <= case.sample.head}
    copy.merged = [area for area in copy.merged if area[2] <= case.sample.head]
    add(case, copy)
    case.either(f"A sheet {copy.name} has the headers alone.", copy.name, case.sheet.name)


@deviation("tabs", 2)
def summary_sheet(case):
    """Numbers on a sheet that is no sales sheet."""
    case.needs(not case.is_list)
    sheet = Sheet(case.pick(["Summary", "Pivot", "Chart data", "Stock", "Targets"]))
    case.needs(all(other.name != sheet.name for other in case.book.sheets))
    for row, values in enumerate([["Store", "Total"], ["A", 12], ["B", 31], ["Total", 43]][:case.chance.randint(2, 4)], 1):
        for column, value in enumerate(values, 1):
            sheet.put(row, column, value)
    add(case, sheet)
    case.either(f"A sheet {sheet.name} with other numbers was added.", sheet.name)


@deviation("tabs")
def sheet_removed(case):
    """A control sheet, or the sales themselves."""
    case.needs(len(case.book.sheets) > 1)
    sheet = case.pick(case.book.sheets)
    case.book.sheets.remove(sheet)
    if sheet is case.sheet:
        case.wait(f"The sheet {sheet.name} is gone.", sheet.name, "sheet", "header")
    else:
        case.either(f"The sheet {sheet.name} is gone.", sheet.name, "sheet")


@deviation("tabs")
def weeks_on_sheets(case):
    """The week before on a sheet of its own: sold with the other, or the file waits."""
    case.needs(case.sample.key == "selfridges")
    case.alone()
    copy = twin(case, case.pick(["W15", "Week 15", "2025 W15", "Sell out W15"]), changed=False)
    more = []
    for line in case.sample.lines:
        cell = copy.get(case.sheet.row_of(line.quantity), case.field_column("date"))
        day = datetime.date.fromisoformat(line.day) - datetime.timedelta(weeks=3)
        cell.value, cell.format = day, "date"
        sale = case.sample.sale(line)
        more.append((sale[0], sale[1], day.isoformat(), *sale[3:]))
    add(case, copy)
    case.either(f"Sales of earlier weeks stand on the sheet {copy.name}.", copy.name)
    case.sales = case.sales + more


@deviation("tabs")
def data_on_another_sheet(case):
    """The right sheet is empty, and its data stand on another."""
    case.needs(not case.is_list)
    old, name = case.sheet.name, case.pick(["Sheet1", "Tabelle1", "{} (2)", "Data", "{} new"]).format(case.sheet.name)[:31]
    case.sheet.name = name
    empty = Sheet(old)
    if case.chance.random() < 0.4:
        empty.put(1, 1, "see the other sheet")
    case.book.sheets.insert(case.book.sheets.index(case.sheet), empty)
    case.either(f"The sheet {old} is empty, its data stand on {name}.", name, old)
    if case.sample.key == "cdlc":
        case.places += ["period", "2025-04"]
