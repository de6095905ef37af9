"""Figures that are not calculated, not numbers, of another unit, or against each other."""
import datetime
import re

from cases import Column, Row, deviation
from figures_written import cents, number, write
from headers import ANY_TOTAL
from sheets import Fault, Formula
from words import CURRENCIES, CURRENCY, NOT_A_FIGURE


def typed(case, measure=None):
    """A line and one of its figures, where it was typed in."""
    entries = [entry for entry in case.sample.entries if number(entry[0].value, case.sample.decimal)]
    entry = case.pick(entries)
    cells = [cell for cell in entry if cell] if measure is None else [entry[measure]]
    case.needs(all(cells))
    return entry, case.pick(cells)


def near(case, cell):
    """What a report may say of a figure's place: its own cell, or a sum that it is part of."""
    sums, known = [], {id(cell)}
    for sum_ in case.sample.sums:
        if any(id(part) in known for part in [*sum_.parts, *sum_.less]):
            known.add(id(sum_.target))
            sums.append(sum_.target)
    return [Row(cell), Column(cell), *map(Row, sums), *map(Column, sums), *(ANY_TOTAL if sums else []), *(["SalesPerLocation"] if case.sample.key == "skins_nl" else [])]


def amounts(case):
    """The cells in which amounts were typed, the sums apart."""
    cells = [entry[1] for entry in case.sample.entries if entry[1]]
    if case.sample.key == "aromateque":
        cells = list({id(line.amount): line.amount for line in case.sample.lines}.values())
    case.needs(cells)
    return cells


@deviation("figures", 5)
def formula_not_calculated(case):
    """Written by a program that stores no values: it looks empty, and in Excel it is not."""
    case.needs(not case.is_list)
    form = case.pick(["cell", "cell", "column", "row", "everything"])
    _, cell = typed(case)
    column, row = case.sheet.column_of(cell), case.sheet.row_of(cell)
    figures = [other for pair in case.sample.entries for other in pair if other]
    cells = {"cell": [cell], "column": [other for other in figures if case.sheet.column_of(other) == column],
             "row": [other for other in figures if case.sheet.row_of(other) == row], "everything": figures}[form]
    for other in cells:
        value = number(other.value, case.sample.decimal)
        other.value = Formula(case.pick([f"{value}*1", f"{value}+0", f"SUM({value})", f"ROUND({value},2)"]))
        case.places += [Row(other), Column(other)]
    case.either(f"Formulas without a stored value: one {form}." if form != "everything" else "No figure is calculated.", "FORMULA_NOT_CALCULATED")


@deviation("figures", 2)
def total_not_calculated(case):
    case.needs(case.sample.sums and not case.is_list and case.sample.key != "skins_nl")
    for sum_ in case.sample.sums:
        if isinstance(sum_.target.value, (int, float, str)):
            sum_.target.value = Formula("SUM(A1:A9)")
            case.places += [Row(sum_.target), Column(sum_.target)]
    case.either("The totals are formulas without a stored value.", *ANY_TOTAL, "FORMULA_NOT_CALCULATED")


@deviation("figures", 2)
def text_not_calculated(case):
    """A formula stands where the product's or store's text is wanted."""
    case.needs(not case.is_list and case.sample.kind == "table")
    field = case.pick({"ean", "store", "date", "year"} & set(case.sample.fields))
    line = case.pick(case.sample.lines)
    cell = case.sheet.get(case.sheet.row_of(line.quantity), case.field_column(field))
    case.needs(cell)
    cell.value, cell.format = Formula("VLOOKUP(A2,Sheet2!A:B,2,0)"), None
    (case.wait if field in ("store", "date", "year") else case.either)(f"The {field} of a row is a formula without a stored value.", Row(cell))


@deviation("figures", 3)
def amounts_in_another_unit(case):
    """Cents, thousands, or ten times too much: the sums agree, the price of a piece does not."""
    case.needs(case.sample.key != "skins_sa")
    factor = case.pick(["100", "0.001", "10", "1000", "0.01"])
    cells = amounts(case)
    cells = cells if case.chance.random() < 0.6 else [case.pick(cells)]
    for cell in cells:
        write(cell, cents(number(cell.value, case.sample.decimal) * number(float(factor), ".")), case.sample.decimal)
        case.places += [Row(cell), Column(cell)]
    case.sample.resum()
    case.wait(f"{'Amounts are' if len(cells) > 1 else 'An amount is'} multiplied by {factor}.", "price", "amount", *ANY_TOTAL)


@deviation("figures", 2)
def quantities_in_another_unit(case):
    """Ten times the pieces, or packs, for the same money."""
    case.needs(case.sample.key not in ("galilu", "skins_sa"))
    factor = case.pick([10, 10, 12, 100])
    entries = case.sample.entries if case.chance.random() < 0.6 or case.sample.key == "aromateque" else [case.pick(case.sample.entries)]
    for quantity, _ in entries:
        write(quantity, number(quantity.value, case.sample.decimal) * factor, case.sample.decimal)
        case.places += [Row(quantity), Column(quantity)]
    case.sample.resum()
    case.wait(f"Quantities are multiplied by {factor}, amounts are not.", "price", "quantity", *ANY_TOTAL)


@deviation("figures", 3)
def signs_against_each_other(case):
    """Pieces came back for money, or were sold for less than nothing."""
    entry, cell = typed(case)
    case.needs(entry[1] is not None)
    write(cell, -number(cell.value, case.sample.decimal), case.sample.decimal)
    if case.chance.random() < 0.7:
        case.sample.resum()
    case.wait("Quantity and amount have different signs.", *near(case, cell))


@deviation("figures", 3)
def nothing_for_money(case):
    """Zero pieces or none, with an amount."""
    entry, cell = typed(case, 0)
    case.needs(entry[1] is not None)
    places = near(case, entry[1])
    if case.chance.random() < 0.6:
        write(cell, 0, case.sample.decimal)
    else:
        case.sheet.put(*case.sheet.place(cell), None)
        for sum_ in case.sample.sums:
            sum_.parts = [part for part in sum_.parts if part is not cell]
    if case.chance.random() < 0.6:
        case.sample.resum()
    case.wait("An amount stands there for no pieces.", *places)


@deviation("figures", 2)
def money_missing(case):
    """Pieces without an amount."""
    entry, cell = typed(case, 1)
    places = near(case, entry[0])
    case.sheet.put(*case.sheet.place(cell), None)
    for sum_ in case.sample.sums:
        sum_.parts = [part for part in sum_.parts if part is not cell]
    case.sample.resum()
    case.wait("Pieces stand there for no amount.", *places)


@deviation("figures", 3)
def point_and_comma_swapped(case):
    """The other country's decimal sign, in one amount or in all."""
    cells = [cell for cell in [*amounts(case), *(entry[0] for entry in case.sample.entries)] if isinstance(cell.value, str) and re.search("[.,]", cell.value)]
    if case.chance.random() < 0.5 and cells:
        cells = [case.pick(cells)]
    case.needs(cells)
    for cell in cells:
        cell.value = cell.value.replace("\u00a0", " ").translate(str.maketrans(".,", ",."))
        cell.value = re.sub(r"(\d) (\d{3})", r"\1,\2" if case.sample.decimal == "," else r"\1.\2", cell.value)
        case.places += near(case, cell)
    case.either("Decimal points and commas changed places.", "amount")


@deviation("figures", 3)
def not_a_figure(case):
    _, cell = typed(case)
    cell.value = case.pick(NOT_A_FIGURE)
    case.wait(f"A figure says {cell.value}.", cell.value, *near(case, cell))


@deviation("figures", 2)
def figure_with_a_mark(case):
    """A person sees what is meant."""
    _, cell = typed(case)
    text = str(cell.value)
    mark = case.pick(["{}*", "{} pcs", "{} szt.", "{}-", "'{}", "{} *)", "+{}", "{} ks", "= {}", "{}.", "#{}", "{}!", "{} EDP"])
    case.needs(mark != "{}-" or "-" not in text)
    cell.value = mark.format(text)
    case.either(f"A figure says {cell.value}.", cell.value, *near(case, cell))
    if mark == "{}-":
        case.wait("Whether it is a return nobody knows.")


@deviation("figures", 3)
def other_currency(case):
    """An amount bears the sign of another money."""
    cells = amounts(case)
    cells = cells if case.chance.random() < 0.4 else [case.pick(cells)]
    sign = case.pick(CURRENCIES[CURRENCY[case.sample.reseller]])
    for cell in cells:
        figure = re.sub(r"^[^\d(-]*", "", str(cell.value).strip())
        cell.value = f"{sign}{figure}" if case.chance.random() < 0.6 else f"{figure} {sign.strip()}"
        case.places += near(case, cell)
    case.wait(f"Amounts bear the sign {sign.strip()}.", sign.strip())


@deviation("figures", 2)
def percentage(case):
    cell = case.pick(amounts(case))
    cell.value = case.pick(["18,1%", "−18,1%", "100 %", "5%"])
    case.wait(f"An amount says {cell.value}.", cell.value, *near(case, cell))


@deviation("figures", 2)
def half_a_piece(case):
    _, cell = typed(case, 0)
    half = number(cell.value, case.sample.decimal) + number(0.5, ".")
    if isinstance(cell.value, str):
        cell.value = f"{half}".replace(".", case.sample.decimal)
    else:
        cell.value = float(half)
    if case.chance.random() < 0.5:
        case.sample.resum()
    case.wait(f"A quantity is {half}.", *near(case, cell))


@deviation("figures", 3)
def total_disagrees(case):
    """A figure was changed after the sums were made."""
    _, cell = typed(case)
    sums = near(case, cell)[2:]
    case.needs(sums)
    write(cell, number(cell.value, case.sample.decimal) + case.pick([1, 2, 10]), case.sample.decimal)
    case.wait("A figure does not agree with the sums.", *near(case, cell))


@deviation("figures", 3)
def error_value(case):
    case.needs(not case.is_list)
    fault = Fault(case.pick(["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?"]))
    _, cell = typed(case)
    is_product = case.chance.random() < 0.3
    if is_product:
        cell = case.pick(line.product for line in case.sample.lines)
    case.needs(cell)
    places = near(case, cell)
    cell.value, cell.format = fault, None
    # A product may still be known by its code or name.
    (case.either if is_product else case.wait)(f"A cell says {fault}.", str(fault), *places)


@deviation("figures", 2)
def truth_value(case):
    case.needs(not case.is_list)
    _, cell = typed(case)
    cell.value = case.chance.random() < 0.5
    case.wait("A figure is TRUE or FALSE.", *near(case, cell))


@deviation("figures", 2)
def date_for_a_figure(case):
    """Excel made a date of what somebody typed."""
    case.needs(not case.is_list)
    _, cell = typed(case)
    cell.value, cell.format = datetime.date(2025, case.chance.randint(1, 12), case.chance.randint(1, 28)), "date"
    case.wait("A figure became a date.", *near(case, cell))


@deviation("figures", 3)
def broken_ean(case):
    """A digit too few, letters, two in one cell, or Excel's short form."""
    eans = [line.product for line in case.sample.lines if line.product and re.fullmatch(r"\d{13}", str(line.product.value))]
    cell = case.pick(eans)
    code = str(cell.value)
    cell.value = case.pick([code[:-1], code + "0", "7.35015E+12", code[:6] + "O" + code[7:], f"{code}, 7350154320107", f"{code}/100", code[::-1], "7350154399997", "EAN", "?"])
    if not case.is_list and case.chance.random() < 0.2:
        cell.value = int(code[:12])
    case.either(f"An EAN says {cell.value}.", str(cell.value), Row(cell))


@deviation("figures", 2)
def figures_shifted(case):
    """A cell was deleted, and those to its right moved left."""
    case.table()
    line = case.pick(case.sample.lines)
    row = case.sheet.row_of(line.quantity)
    columns = sorted({case.field_column(field) for field in case.sample.fields})
    column = case.pick(columns[:-1])
    for place in range(column, case.sheet.last_column + 1):
        following = case.sheet.get(row, place + 1)
        case.sheet.cells.pop((row, place), None)
        if following:
            case.sheet.cells[row, place] = following
    marker = next(iter(case.sheet.row(row).values()))
    case.either("The cells of a row moved one to the left.", Row(marker), *ANY_TOTAL)


@deviation("figures")
def amounts_all_zero(case):
    """An export that forgot its prices."""
    case.needs(case.sample.key != "skins_sa")
    for cell in amounts(case):
        write(cell, 0, case.sample.decimal)
        case.places += [Row(cell), Column(cell)]
    case.sample.resum()
    case.wait("Every amount is nought.", "price", "amount")
