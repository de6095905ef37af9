"""Times that are missing, contradict each other, or cannot be."""
import datetime
import re

from cases import Column, Row, deviation
from layouts import LONG_MONTHS, MONTHS

WORDS = ["period", "date", "year", "month"]


def told(year, month):
    """A month as a report may write it."""
    return [f"{year}-{month:02d}", f"{year} {month:02d}", f"{month:02d}-{year}", f"{LONG_MONTHS[month - 1]} {year}", f"{year} {LONG_MONTHS[month - 1]}",
            f"{MONTHS[month - 1].upper()}{year}", f"{MONTHS[month - 1]} {year}"]


def name_places(case):
    """Where the file's name tells its period, and what it tells."""
    return {"boxnox": ("APR2025", (2025, 4)), "boxnox list": ("MAY2025", (2025, 5)), "skins_sa": ("2025 February", (2025, 2)),
            "skins_nl": ("02-2025", (2025, 2)), "cdlc": ("2025 04", (2025, 4)), "aromateque": ("march'25", (2025, 3)),
            "online": ("2025-05", (2025, 5)), "galilu": ("2025", (2025, None)), "selfridges": ("2025 W16", (2025, None)),
            "continuity": ("Q1 2024", (2024, None)), "liberty": ("31-08-2025", (2025, 8))}[case.sample.key.removesuffix(" flat")]


def other_name(case, year, month):
    return {"boxnox": f"{MONTHS[month - 1].upper()}{year}", "boxnox list": f"{MONTHS[month - 1].upper()}{year}",
            "skins_sa": f"{year} {LONG_MONTHS[month - 1]}", "skins_nl": f"{month:02d}-{year}", "cdlc": f"{year} {month:02d}",
            "aromateque": f"{LONG_MONTHS[month - 1].lower()}'{year % 100:02d}", "online": f"{year}-{month:02d}", "galilu": f"{year}",
            "selfridges": f"{year} W{month * 4 + 8}", "continuity": f"Q{month % 3 + 2} {year}"}[case.sample.key.removesuffix(" flat")]


@deviation("periods", 4)
def name_of_another_period(case):
    """The file's name contradicts what stands in it."""
    key = case.sample.key
    case.needs(case.sample.reseller != "liberty")
    text, (year, month) = name_places(case)
    case.needs(text in case.name)
    new_month = case.pick(set(range(1, 9)) - {month, 3 if key == "boxnox" else 0, 1 if key == "skins_sa" else 0})
    new_year = case.pick([year, year, year - 1]) if month else case.pick([year - 1, year + 1])
    new = other_name(case, new_year, new_month)
    case.name = case.name.replace(text, new)
    # A living document may well be named after the year in which it began.
    verdict = case.either if key in ("galilu",) else case.wait
    verdict(f"The file's name says {new}, its data {text}.", text, new, *told(new_year, new_month), *(told(year, month) if month else [str(year), str(new_year)]))


@deviation("periods", 2)
def year_forgotten(case):
    """In one of the places that tell it."""
    key = case.sample.key
    if key == "boxnox list":
        place = case.pick(["name", "cells"])
        if place == "cells":
            for cell in case.field_cells("year"):
                cell.value = ""
            case.either("The years are empty.", "year", Column(case.header("year")), *(Row(line.quantity) for line in case.sample.lines))
            return
    if key == "cdlc":
        place = case.pick(["name", "sheet", "cell", "all"])
        if place in ("sheet", "all"):
            case.sheet.name = "04"
        if place in ("cell", "all"):
            case.sheet.get(2, 2).value = "April"
        if place in ("name", "all"):
            case.name = case.name.replace("2025 ", "")
        (case.wait if place == "all" else case.either)(f"The year is missing: {place}.", "B2", "04", "April", *WORDS, *told(2025, 4))
        return
    if key == "skins_nl" and case.chance.random() < 0.5:
        case.book["Info"].get(2, 2).value = "02"
        if case.chance.random() < 0.5:
            case.name = case.name.replace("02-2025", "02")
            case.wait("No place tells the year.", "Info", *WORDS)
        else:
            case.either("The sheet Info does not tell the year.", "Info", *WORDS)
        return
    if key == "galilu" and case.chance.random() < 0.6:
        case.sheet.drop(case.sheet.get(1, 1))
        case.either("A1 does not tell the year.", "A1", "row 1", "column A", *WORDS)
        return
    if key == "selfridges" and case.chance.random() < 0.7:
        cells = [cell for cell in case.field_cells("date") if isinstance(cell.value, str)]
        cell = case.pick(cells)
        cell.value = cell.value.replace("2025-", "").replace("/2025", "")
        case.either(f"A date says {cell.value} without its year.", Row(cell), cell.value)
        return
    if key == "continuity" and case.chance.random() < 0.7:
        cell = case.pick(case.field_cells("date"))
        cell.value = cell.value.replace(" 2024", "")
        case.either(f"A period says {cell.value} without its year.", Row(cell), cell.value)
        return
    text, (year, month) = name_places(case)
    new = re.sub(r"[-_ ']?(20)?" + f"{year % 100:02d}" + r"[-_ ]?", "", text)
    case.needs(text in case.name)
    case.name = case.name.replace(text, new)
    (case.wait if case.sample.reseller == "liberty" else case.either)("The file's name does not tell the year.", *WORDS, str(year), *(told(year, month) if month else []))


@deviation("periods", 3)
def sheet_of_another_period(case):
    """The sheet's name, or a cell on it, contradicts the others."""
    key, month = case.sample.key, case.pick([1, 2, 3, 5, 6])
    if key == "cdlc":
        if case.chance.random() < 0.5:
            old, new = case.sheet.name, case.pick([f"2025 {month:02d}", "2024 04"])
            case.sheet.name = new
        else:
            cell = case.sheet.get(2, 2)
            old, new = cell.value, case.pick([f"2025 {LONG_MONTHS[month - 1]}", "2024 April"])
            cell.value = new
        case.wait(f"One place says {new} instead of {old}.", old, new, *told(2025, 4), *told(2025, month), *told(2024, 4))
    elif key == "skins_nl":
        cell = case.book["Info"].get(2, 2)
        month = case.pick([1, 3, 4])
        cell.value = case.pick([f"{month:02d}-2025", "02-2024"])
        case.wait(f"The sheet Info says {cell.value}.", "Info", cell.value, *told(2025, 2), *told(2025, month))
    elif key == "galilu":
        if case.chance.random() < 0.5:
            case.sheet.get(1, 1).value = case.pick([2024, 2023, 2026])
            case.wait("A1 says another year than the sheet.", "A1", str(case.sheet.get(1, 1).value), "year")
        else:
            case.sheet.name = case.pick(["product_ranking_2024", "product_ranking_2026"])
            case.wait("The sheet says another year than A1.", case.sheet.name, "A1", "year")
    elif key == "aromateque":
        cell = case.sheet.get(3, 1)
        cell.value = case.pick(["Period: 01.01.2025 - 28.02.2025", "Period: 01.01.2024 - 31.03.2024"])
        case.either(f"The preamble says {cell.value}.", cell.value, Row(cell), "period")
    else:
        case.needs(False)


@deviation("periods", 3)
def day_and_month_swapped(case):
    """One date, or every date, with its day where its month should be."""
    key = case.sample.key
    case.needs(key in ("skins_sa", "selfridges", "online"))
    changed, cells = [], case.field_cells("date")
    for line, cell in zip(case.sample.lines, cells):
        day = datetime.date.fromisoformat(line.day)
        if day.day == day.month or case.sample.key == "selfridges" and isinstance(cell.value, str) and "W" in cell.value:
            continue
        if isinstance(cell.value, str):
            swap = {"skins_sa": f"{day.day}/{day.month}/{day.year}", "selfridges": f"{day:%m/%d/%Y}", "online": f"{day:%Y-%d-%m}"}[key]
            changed.append((cell, swap, None))
        elif day.day <= 12:
            changed.append((cell, datetime.date(day.year, day.day, day.month), "date"))
    case.needs(changed)
    for cell, value, format in changed if case.chance.random() < 0.3 else [case.pick(changed)]:
        cell.value, cell.format = value, format
        case.places += [Row(cell), str(value)]
    case.either("Day and month changed places.", "date")


def every_place(case, year):
    """Moves each place of the file that tells a year by as many years."""
    key, (text, (old, _)) = case.sample.key, name_places(case)
    short, new_short = f"{old % 100:02d}", f"{year % 100:02d}"
    case.name = case.name.replace(text, text.replace(str(old), str(year)).replace("'" + short, "'" + new_short))
    for sheet in case.book.sheets:
        sheet.name = sheet.name.replace(f"{old} ", f"{year} ") if key == "cdlc" else sheet.name.replace(f"ranking_{old}", f"ranking_{year}")
        for cell in sheet.cells.values():
            value = cell.value
            if isinstance(value, datetime.date):
                cell.value = value.replace(year=year)
            elif isinstance(value, (int, str)) and len(str(value)) < 24 and not isinstance(value, bool):
                new = re.sub(rf"(?<!\d){old}(?!\d)", str(year), str(value))
                cell.value = type(value)(new) if new != str(value) else value


@deviation("periods", 2)
def time_that_cannot_be(case):
    """All of it lies in the future, or long before anybody sold this."""
    year = case.pick([2031, 2052, 2205, 1999, 1925, 2035, 2005])
    case.needs(year < 2100 or case.sample.key in ("boxnox", "cdlc", "skins_nl", "liberty"))
    case.needs(case.sample.key != "galilu" or year > 1999)
    every_place(case, year)
    places = [Row(line.quantity) for line in case.sample.lines]
    case.wait(f"Every place says the year {year}.", str(year), "future", *places, *WORDS)


@deviation("periods", 3)
def one_date_that_cannot_be(case):
    """A typing mistake in one row's year."""
    case.table()
    case.needs("date" in case.sample.fields or "year" in case.sample.fields)
    year = case.pick([2052, 2205, 2031, 1999, 1925, 20255, 205, 2035])
    line = case.pick(case.sample.lines)
    row, old = case.sheet.row_of(line.quantity), line.day[:4]
    fields = [field for field in ("date", "year") if field in case.sample.fields]
    cell = case.sheet.get(row, case.field_column(fields[0]))
    if isinstance(cell.value, datetime.date):
        case.needs(1900 <= year <= 2205)
        cell.value = cell.value.replace(year=year)
    elif isinstance(cell.value, int):
        cell.value = year
    else:
        cell.value = cell.value.replace(old, str(year))
    case.wait(f"The year of row {row} is {year}.", Row(cell), str(year))


@deviation("periods", 2)
def month_contradicts_the_date(case):
    """The columns of month and year say another time than the date."""
    case.needs(case.sample.key == "skins_sa")
    lines = case.chance.sample(case.sample.lines, case.chance.randint(1, 3))
    field = case.pick(["month", "year"])
    for line in lines:
        cell = case.sheet.get(case.sheet.row_of(line.quantity), case.field_column(field))
        cell.value = case.pick([3, 5, 11]) if field == "month" else case.pick([2024, 2026])
        case.places.append(Row(cell))
    case.either(f"The column of the {field} contradicts the date.", case.header(field).value)


@deviation("periods", 2)
def month_in_words(case):
    case.needs(case.sample.key in ("boxnox", "boxnox list", "skins_sa"))
    style = case.pick([lambda m: LONG_MONTHS[m - 1], lambda m: MONTHS[m - 1], lambda m: f"2025-{m:02d}", lambda m: f"{m:02d}/2025", lambda m: f"M{m}"])
    for cell in case.field_cells("month"):
        cell.value = style(int(cell.value))
        case.places.append(Row(cell))
    case.either("The months are words.", case.header("month").value, "month")


@deviation("periods", 2)
def rows_of_other_months(case):
    """Some rows lie outside what the file's name says: all of them wait with it, or nobody minds."""
    key = case.sample.key
    case.needs(key in ("boxnox list", "online", "continuity"))
    case.alone()
    line = case.pick(case.sample.lines)
    row = case.sheet.row_of(line.quantity)
    if key == "boxnox list":
        cell = case.sheet.get(row, case.field_column("month"))
        cell.value = case.pick(["6", "7", "12"])
        day = f"2025-{int(cell.value):02d}-01"
    elif key == "online":
        cell = case.sheet.get(row, case.field_column("date"))
        cell.value = day = cell.value.replace("-05-", "-07-")
    else:
        cell = case.sheet.get(row, case.field_column("date"))
        cell.value, day = "Jun 2024", "2024-06-01"
    line.day = day
    case.sales = case.sample.sales()
    case.either(f"One row says {cell.value}, the file's name another time.", Row(cell), cell.value, *told(*map(int, day.split("-")[:2])))


@deviation("periods", 2)
def period_written_otherwise(case):
    """The same time in another manner: read, or asked about."""
    key = case.sample.key
    if key == "cdlc":
        cell = case.sheet.get(2, 2)
        case.needs(cell and cell.value == "2025 April")
        cell.value = case.pick(["April 2025", "2025-04", "04/2025", "2025 m. balandis", "Apr-25", "2025 04"])
        case.either(f"B2 says {cell.value}.", cell.value, "B2", *WORDS)
    elif key == "galilu":
        words = case.pick([LONG_MONTHS, ["sty", "lut", "mar", "kwi"], ["01", "02", "03", "04"], ["2025-01", "2025-02", "2025-03", "2025-04"]])
        for header in case.sample.months:
            header.value = words[MONTHS.index(header.value)] if header.value in MONTHS else header.value
            case.places += [header.value, Column(header)]
        case.either("The months are written otherwise.", *WORDS)
    elif key == "aromateque":
        style = case.pick(["%d.%m.%y", "%Y-%m-%d", "%B %Y", "date"])
        for header in case.sample.months:
            day = datetime.datetime.strptime(header.value, "%d.%m.%Y").date()
            header.value, header.format = (day, "date") if style == "date" else (day.strftime(style), None)
            case.places += [str(header.value), Column(header)]
        case.either("The months are written otherwise.", *WORDS)
    elif key == "skins_nl":
        cell = case.book["Info"].get(2, 2)
        cell.value = case.pick(["2-2025", "02/2025", "Feb 2025", "2025-02", "2025-02-01"])
        case.either(f"The sheet Info says {cell.value}.", cell.value, "Info", *WORDS)
    elif key in ("boxnox", "boxnox list", "skins_sa", "liberty", "online"):
        text, (year, month) = name_places(case)
        case.needs(text in case.name)
        new = case.pick([f"{year}-{month:02d}", f"{LONG_MONTHS[month - 1]} {year}", f"{MONTHS[month - 1]} {year % 100}", "final", f"{month:02d}.{year}"])
        case.name = case.name.replace(text, new)
        (case.wait if case.sample.reseller == "liberty" else case.either)(f"The file's name says {new}.", new, *WORDS)
    else:
        case.needs(False)
