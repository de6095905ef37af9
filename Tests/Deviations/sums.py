"""Rows that are the sums of others: renamed, moved, added, or gone."""
from cases import Row, deviation
from figures_written import cents, number, write
from headers import ANY_TOTAL
from rows import copy_row, end
from sheets import Cell
from words import TOTALS


def sum_row(case, to, lines):
    """A row with the sums of some lines of a table; gives its cells by field."""
    cells = {}
    columns = {field: case.sheet.column_of(case.sample.fields[field]) for field in ("quantity", "amount")}
    values = {field: sum(number(getattr(line, field).value, case.sample.decimal) for line in lines) for field in columns}
    styles = {field: getattr(lines[0], field).value for field in columns}
    case.sheet.insert_rows(to)
    for field, column in columns.items():
        cell = Cell(styles[field])
        write(cell, values[field] if field == "quantity" else cents(values[field]), case.sample.decimal)
        case.sheet.cells[to, column] = cells[field] = cell
    return cells


def label_column(case):
    """A column in which the word for a total may stand."""
    fields = [field for field in ("store", "name", "code", "ean", "date", "year") if field in case.sample.fields]
    return case.pick({case.field_column(field) for field in fields} | {1})


@deviation("rows", 3)
def total_row_renamed(case):
    label = case.pick(case.sample.total_labels)
    old = label.value
    words = [*TOTALS, "BIBBI PARFUM Total", "Perfumeria Sol", "Boy of June EDP 100 ml", "BIBBI"]
    label.value = case.pick(words)
    if "Total" in old and "|" in old:
        label.value = old.replace("Total", case.pick(["Sum", "Summe", "viso", "", "(all sizes)", "Totals"])).strip()
    case.either(f"The total row {old} says {label.value}.", label.value, old, old.replace(" Total", ""), Row(label))


@deviation("rows", 3)
def total_row_added(case):
    """The sums of all rows under a word for it, a product's name, or a code like an EAN."""
    case.needs(case.sample.kind == "table" and not case.sample.total_labels)
    to = case.pick([end(case), end(case), end(case) + 1, 2, case.rows()[len(case.rows()) // 2]])
    cells = sum_row(case, to, case.sample.lines)
    word = case.pick([*TOTALS, "Total", "Total", "BIBBI", "Boy of June EDP 100 ml", "86033481 - rainbow rose"])
    label = case.sheet.put(to, label_column(case), word) if case.chance.random() < 0.9 else cells["quantity"]
    if case.chance.random() < 0.4:
        code = case.pick(["0000000000000", "9999999999999", "1234567890123", case.sample.lines[0].ean])
        case.sheet.put(to, case.field_column("ean"), code)
    if case.chance.random() < 0.3 and "store" in case.sample.fields:
        case.sheet.put(to, case.field_column("store"), case.pick(["All", "London", "Stores", "Total"]))
    case.either(f"A row with the sum of all was added as {label.value}.", str(label.value), Row(label))


@deviation("rows", 3)
def total_row_in_a_grid(case):
    """The sums of all products as one more product."""
    case.needs(case.sample.kind in ("store grid", "period grid") and not case.sample.total_labels)
    rows, last = case.rows(), case.sheet.last_row
    to = case.pick([last + 1, last + 1, last + 2, case.sample.head + 1])
    columns = [column for column in range(2, case.sheet.last_column + 1)]
    first = 4 if case.sample.kind == "store grid" else 2
    sums = {column: sum(number(cell.value, ",") or 0 for row, cell in case.sheet.column(column).items() if row in rows) for column in columns if column >= first}
    case.sheet.insert_rows(to)
    for column, value in sums.items():
        if case.sheet.get(case.sample.head, column):
            case.sheet.put(to, column, int(value) if value == int(value) else float(value))
    if case.sample.kind == "store grid":
        case.sheet.put(to, 2, case.pick(["Total", "0000000000000", "9999999999994", "7350154320107", "7350154320084", None]))
        label = case.sheet.put(to, 3, case.pick([*TOTALS, "Total", "BIBBI. All", "BIBBI. Ghost of Tom EDP 100 ml"]))
    else:
        label = case.sheet.put(to, 1, case.pick([*TOTALS, "Total", "RAINBOW ROSE woda perfumowana 100 ml", "BIBBI"]))
    case.either(f"A row with the sums of all products was added as {label.value}.", label.value, Row(label))


@deviation("rows", 2)
def total_row_moved(case):
    label = case.pick(case.sample.total_labels)
    to = case.pick([case.sample.head + 1, *case.rows()])
    case.needs(case.sample.kind != "blocks" or "Grand" in label.value)
    case.sheet.move_row(case.sheet.row_of(label), to)
    case.either("The total row stands at another place.", label.value, Row(label), *ANY_TOTAL)


@deviation("rows", 3)
def subtotal_per_store(case):
    """After each store's rows their sum."""
    case.table()
    case.needs("store" in case.sample.fields and not case.sample.total_labels)
    case.what.append("Each store's rows are followed by their sum.")
    form, column = case.pick(["{} Total", "Total {}", "Subtotal", "{}", "Σ {}", "{} viso"]), label_column(case)
    lines = sorted(case.sample.lines, key=lambda line: line.store)
    places = {case.sheet.row_of(line.quantity): row for line, row in zip(lines, case.rows())}
    case.sheet.cells = {(places.get(row, row), place): cell for (row, place), cell in case.sheet.cells.items()}
    for store in sorted({line.store for line in lines}):
        own = [line for line in lines if line.store == store]
        to = max(case.sheet.row_of(line.quantity) for line in own) + 1
        cells = sum_row(case, to, own)
        name = case.sheet.get(to - 1, case.field_column("store")).value
        label = case.sheet.put(to, column, form.format(name))
        if "{}" == form:
            case.sheet.put(to, case.field_column("store"), name)
            case.sheet.put(to, case.field_column("name") if "name" in case.sample.fields else column, "Total")
        case.places += [label.value, Row(cells["quantity"])]
    case.either("")


@deviation("rows", 2)
def rows_below_the_total(case):
    """Forgotten, or a correction, or another total's."""
    case.needs(case.sample.total_labels and case.sample.kind != "blocks")
    line = case.pick(case.sample.lines)
    case.sheet.insert_rows(end(case), 1)
    again = copy_row(case, case.sheet.row_of(line.quantity), case.sheet.last_row + 1 + case.pick([0, 1, 2]))
    column = case.sheet.column_of(line.quantity)
    write(again[column], 3, case.sample.decimal)
    case.wait("A row of figures stands below the total.", Row(again[column]), *ANY_TOTAL)


@deviation("rows", 2)
def size_rows_or_totals_gone(case):
    """A report whose blocks hold the one or the other alone."""
    case.needs(case.sample.kind == "blocks")
    if case.chance.random() < 0.5:
        rows = sorted({case.sheet.row_of(pair[0]) for pair in case.sample.entries}, reverse=True)
        case.either("The size rows are gone.", "size", *(f"row {row - 1}" for row in rows), *ANY_TOTAL)
    else:
        labels = [label for label in case.sample.total_labels if "Grand" not in label.value]
        rows = sorted(map(case.sheet.row_of, labels), reverse=True)
        case.alone()
        case.sample.lines = case.sample.size_lines
        case.sales = case.sample.sales()
        case.either("The products' total rows are gone.", *(label.value.replace(" Total", "") for label in labels), *ANY_TOTAL)
    for row in rows:
        case.sheet.remove_row(row)
