"""The same figures, dates and names written in another way that nobody needs to ask about."""
import datetime
import re

from cases import deviation
from figures_written import number
from sheets import Formula


@deviation("harmless", 2)
def headers_in_other_case(case):
    """Also blanks around them, a no-break space or a line break inside: they are compared folded."""
    change = case.pick([str.upper, str.lower, str.title, lambda text: f"  {text} ", lambda text: f"{text}\u00a0",
                        lambda text: text.replace(" ", "\u00a0"), lambda text: text.replace(" ", "\n", 1), lambda text: text.replace(" ", "  ")])
    headers = [*case.sample.fields.values(), *(cell for group in case.sample.groups for cell in (group.quantity, group.amount)),
               *getattr(case.sample, "months", []) * (case.sample.key == "galilu")]
    case.needs(headers)
    for header in case.chance.sample(headers, case.chance.randint(1, len(headers))):
        header.value = change(header.value)
    case.fine("Headers are in other case or with other blanks.")


@deviation("harmless", 2)
def renamed_copy(case):
    name, dot, ending = case.name.rpartition(".")
    number_ = case.chance.randint(1, 12)
    case.name = name + case.pick([f" ({number_})", f"__{number_}_"]) + dot + ending
    case.fine("A browser numbered the copy.")


@deviation("harmless", 2)
def figures_as_text(case):
    """Numbers written as text in the reseller's own style."""
    changed = 0
    for quantity, amount in case.sample.entries:
        for cell in (quantity, amount):
            if cell and isinstance(cell.value, (int, float)) and case.chance.random() < 0.6:
                cell.value, changed = str(cell.value).replace(".", case.sample.decimal), changed + 1
    case.needs(changed)
    case.fine("Figures were typed as text.")


@deviation("harmless", 2)
def figures_as_numbers(case):
    case.needs(not case.is_list)
    changed = 0
    for line in case.sample.lines:
        for cell in (line.quantity, line.amount):
            if cell and isinstance(cell.value, str) and case.chance.random() < 0.8:
                value = number(cell.value, case.sample.decimal)
                cell.value, changed = int(value) if value == int(value) else float(value), changed + 1
    case.needs(changed)
    case.fine("Figures that were text are numbers.")


@deviation("harmless", 2)
def eans_in_other_form(case):
    cells = list({id(line.product): line.product for line in case.sample.lines}.values())
    cells = [cell for cell in cells if cell and re.fullmatch(r"\d{13}", str(cell.value))]
    case.needs(cells and not case.is_list)
    form = case.pick([int, str, float, lambda code: f"{code}.0"])
    for cell in cells:
        if case.chance.random() < 0.7:
            cell.value = form(str(cell.value))
    case.fine("EANs are text, numbers, or numbers with a point and nought.")


@deviation("harmless", 2)
def calculated_formulas(case):
    """Formulas with the values that Excel stored."""
    case.needs(not case.is_list)
    for entry in case.sample.entries:
        for cell in entry:
            if cell and isinstance(cell.value, (int, float)) and case.chance.random() < 0.5:
                cell.value = Formula(f"{cell.value}+0", cell.value)
    for sum_ in case.sample.sums:
        if isinstance(sum_.target.value, (int, float)):
            sum_.target.value = Formula("SUM(A1:A2)", sum_.target.value)
    case.fine("Figures are formulas whose values are stored.")


@deviation("harmless")
def money_format(case):
    case.needs(not case.is_list)
    for entry in case.sample.entries:
        for cell in entry:
            if cell and isinstance(cell.value, (int, float)):
                cell.format = "money"
    case.fine("Figures show thousands and two decimals.")


@deviation("harmless")
def dates_from_1904(case):
    """A workbook that was begun on an old Mac."""
    case.needs(any(cell.format == "date" for cell in case.sheet.cells.values()))
    case.book.dates_from_1904 = True
    case.fine("Dates count from 1904.")


@deviation("harmless")
def dates_as_text(case):
    styles = {"skins_sa": lambda day: f"{day.month}/{day.day}/{day.year}", "selfridges": lambda day: day.strftime("%d/%m/%Y")}
    case.needs(case.sample.key in styles)
    for cell in case.field_cells("date"):
        if isinstance(cell.value, datetime.date):
            cell.value, cell.format = styles[case.sample.key](cell.value), None
    case.fine("Dates are text.")


@deviation("harmless")
def no_sale_marks(case):
    """Dashes and n/a where a store sold nothing."""
    case.needs(case.sample.kind in ("store grid", "period grid"))
    columns = [case.sheet.column_of(group.quantity) for group in case.sample.groups] or list(map(case.sheet.column_of, case.sample.months))
    mark = case.pick(["-", "\u2013", "n/a"])
    for row in case.rows():
        for column in columns:
            if case.sheet.get(row, column) is None or case.sheet.get(row, column).value == "-":
                case.sheet.put(row, column, mark)
                if case.sample.groups:
                    case.sheet.put(row, column + 1, mark)
    case.fine(f"Empty cells hold {mark}.")


@deviation("harmless")
def return_added(case):
    """One line came back."""
    entries = [entry for entry in case.sample.entries if number(entry[0].value, case.sample.decimal) == 1]
    case.needs(case.sample.kind != "blocks")
    case.sample.sell(case.pick(entries), -1)
    case.sample.resum()
    case.fine("One line is a return.")


@deviation("harmless")
def as_macro_workbook(case):
    case.needs(case.name.endswith(".xlsx"))
    case.name, case.macros = case.name[:-5] + ".xlsm", True
    case.fine("It is a workbook that may hold macros.")


@deviation("harmless")
def list_written_otherwise(case):
    """A byte order mark, quotes everywhere, another line end, a blank line at the end."""
    case.needs(case.is_list)
    form = case.pick(["mark", "quotes", "line ends", "blank line"])
    if form == "mark":
        case.edits.append(lambda content: b"\xef\xbb\xbf" + content)
    elif form == "quotes":
        sign = case.book.delimiter
        case.edits.append(lambda content: b"".join(
            b'"' + line.replace(sign.encode(), f'"{sign}"'.encode()) + b'"\r\n' for line in content.replace(b'"', b"").splitlines()))
        case.needs(not any(sign in str(cell.value) for cell in case.sheet.cells.values()))
    elif form == "line ends":
        case.line_end = "\n"
    else:
        case.edits.append(lambda content: content + b"\r\n")
    case.fine(f"The list is written with other {form}.")


@deviation("harmless")
def sheet_in_other_case(case):
    case.needs(not case.is_list)
    old = case.sheet.name
    case.sheet.name = case.pick([old.upper(), old.lower(), old.title()])
    case.needs(case.sheet.name != old)
    case.fine(f"The sheet is called {case.sheet.name}.")


@deviation("harmless")
def negatives_written_otherwise(case):
    """In parentheses, or with the sign of the mathematicians."""
    cells = [cell for line in case.sample.lines for cell in (line.amount,)
             if cell and isinstance(cell.value, str) and number(cell.value, case.sample.decimal) < 0]
    case.needs(cells)
    for cell in cells:
        digits = re.sub(r"[^\d.,]", "", cell.value)
        cell.value = case.pick([f"({digits})", f"\u2212{digits}", f"-{digits}"])
    case.fine("Negative amounts are written in another way.")


@deviation("harmless")
def blanks_for_thousands(case):
    """No-break blanks, narrow ones, or none."""
    cells = [cell for cell in case.sheet.cells.values() if isinstance(cell.value, str) and re.search(r"\d[ \u00a0]\d{3},\d\d", cell.value)]
    case.needs(cells)
    for cell in cells:
        cell.value = re.sub(r"(\d)[ \u00a0](\d{3},)", case.pick([r"\1 \2", "\\1\u00a0\\2", "\\1\u202f\\2", r"\1\2"]), cell.value)
    case.fine("Thousands are divided by other blanks.")


@deviation("harmless")
def list_as_workbook(case):
    """The shop's orders on a sheet of their own, with real numbers and dates."""
    case.needs(case.sample.key == "online" and not case.edits)
    case.book.delimiter, case.sheet.name, case.name = None, "Orders", case.name.replace(".csv", ".xlsx")
    for field in ("quantity", "amount", "cost", "fee", "date"):
        for cell in case.field_cells(field) if field in case.sample.fields else []:
            if field == "date":
                cell.value, cell.format = datetime.date.fromisoformat(cell.value), "date"
            else:
                value = number(cell.value, ".")
                cell.value = int(value) if value == int(value) else float(value)
    case.fine("The list is a workbook.")
