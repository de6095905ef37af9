"""Rows too many, and sales that lost what makes them one."""
from cases import Column, Row, deviation
from figures_written import cents, number, write
from headers import ANY_TOTAL


def copy_row(case, source, to):
    """The row once more, at `to`; what stood there moves down. Gives the cells by column."""
    cells = {column: (cell.value, cell.format) for column, cell in case.sheet.row(source).items()}
    case.sheet.insert_rows(to)
    return {column: case.sheet.put(to, column, *content) for column, content in cells.items()}


def end(case):
    return case.sheet.last_row + 1


@deviation("rows", 3)
def row_doubled(case):
    """Where a total or an order's number tells, it counts once; elsewhere a file says what it says, if it is not asked about."""
    case.needs(case.sample.key != "skins_sa")
    case.alone()
    line = case.pick(case.sample.lines)
    row = case.sheet.row_of(line.quantity)
    again = copy_row(case, row, case.pick([row, row + 1]))
    first = next(iter(again.values()))
    case.either("A row stands there twice.", Row(line.quantity), Row(first), *ANY_TOTAL, "twice", "same")
    if case.sample.key not in ("online", "boxnox", "skins_nl", "liberty", "aromateque"):
        case.sales = case.sales + [case.sample.sale(other) for other in case.sample.lines if case.sheet.row_of(other.quantity) == case.sheet.row_of(line.quantity)]


@deviation("rows")
def order_line_twice(case):
    """The same order's same line, perhaps with another fee."""
    case.needs(case.sample.key == "online")
    line = case.pick(case.sample.lines)
    row = case.sheet.row_of(line.quantity)
    again = copy_row(case, row, case.pick([end(case), row]))
    again[case.field_column("fee")].value = f"{case.chance.randint(1, 9)}.99"
    order = again[case.field_column("order")]
    case.either(f"The line of order {order.value} stands there twice.", order.value, Row(order), Row(line.quantity))


@deviation("rows", 3)
def row_without_product(case):
    """Figures that belong to something, and nobody says what."""
    case.needs(case.sample.kind != "blocks")
    line = case.pick(case.sample.lines)
    row = case.sheet.row_of(line.quantity)
    fields = [field for field in ("ean", "code", "name") if field in case.sample.fields]
    columns = [case.field_column(field) for field in fields] or ([2, 3] if case.sample.kind == "store grid" else [1, 2])
    if case.sample.key == "galilu":
        columns = [1]
    if case.sample.key == "aromateque":
        line.code = None
    for column in columns:
        case.sheet.put(row, column, None)
    amount = [str(abs(cents(number(line.amount.value, case.sample.decimal)))), str(line.amount.value)] if line.amount else []
    case.wait("A row of figures lost its product.", Row(line.quantity), *amount)


@deviation("rows", 2)
def row_without_ean(case):
    """The name or code still tells which product it is."""
    case.table()
    line = case.pick(case.sample.lines)
    row = case.sheet.row_of(line.quantity)
    case.sheet.put(row, case.field_column("ean"), None)
    amount = cents(number(line.amount.value, case.sample.decimal))
    case.either("A row lost its EAN.", Row(line.quantity), str(abs(amount)), str(line.amount.value))


@deviation("rows", 3)
def row_without_store(case):
    if case.sample.kind == "table":
        case.needs("store" in case.sample.fields)
        line = case.pick(case.sample.lines)
        case.sheet.put(case.sheet.row_of(line.quantity), case.field_column("store"), None)
        case.wait("A row of figures lost its store.", Row(line.quantity))
    else:
        group = case.pick(group for group in case.sample.groups if not group.total)
        case.sheet.drop(group.header)
        case.wait("A group of columns lost its store.", Column(group.quantity), Column(group.amount))


@deviation("rows", 3)
def second_table_below(case):
    """Something small under the data: sums by store, last year's figures, or more sales."""
    start, form = end(case) + case.chance.randint(1, 4), case.pick(["by store", "by store", "by product", "last year", "same headers"])
    value = lambda low=11, high=97: str(case.chance.randint(low, high)) if case.is_list else case.chance.randint(low, high)
    if form == "same headers":
        case.needs(case.sample.kind == "table")
        rows = [1, *case.chance.sample(case.rows(), 2)]
        copies = [{column: (cell.value, cell.format) for column, cell in case.sheet.row(row).items()} for row in rows]
        for offset, copied in enumerate(copies):
            for column, content in copied.items():
                case.sheet.put(start + offset, column, *content)
            if offset:
                cell = case.sheet.get(start + offset, case.field_column("quantity"))
                if cell:
                    write(cell, 7, case.sample.decimal)
        case.wait("A second table with the same headers stands below.", *(f"row {start + offset}" for offset in range(3)))
        return
    heads = {"by store": ["Store", "Units", "Value"], "by product": ["Product", "Sold", "Revenue"], "last year": ["2024", "Qty", "Amount"]}[form]
    column = case.chance.randint(1, 3)
    for offset, head in enumerate(heads):
        case.sheet.put(start, column + offset, head)
    names = {"by store": ["London", "Riga", "Online"], "by product": ["EDP 100 ml", "Candle", "Discovery Set"], "last year": ["Jan", "Feb", "Mar"]}[form]
    cells = []
    for offset, name in enumerate(names[:case.chance.randint(1, 3)], 1):
        case.sheet.put(start + offset, column, name)
        cells += [case.sheet.put(start + offset, column + 1, value()), case.sheet.put(start + offset, column + 2, value(1000, 9000))]
    case.either(f"A small table {form} stands below.", *map(Row, cells), f"row {start}")


@deviation("rows", 2)
def second_table_beside(case):
    case.needs(not case.is_list)
    column, row = case.sheet.last_column + case.chance.randint(2, 3), case.pick([case.sample.head, case.sample.head, case.sample.head + 1])
    same = case.sample.kind == "table" and case.chance.random() < 0.5
    fields = ["ean", "quantity", "amount"]
    heads = [str(case.header(field).value) for field in fields] if same else ["Store", "Units", "Value"]
    cells = [case.sheet.put(row, column + offset, head) for offset, head in enumerate(heads)]
    for offset in range(1, case.chance.randint(2, 4)):
        case.sheet.put(row + offset, column, "7350154320107" if same else case.pick(["London", "Riga", "Web"]))
        case.sheet.put(row + offset, column + 1, case.chance.randint(2, 9))
        case.sheet.put(row + offset, column + 2, case.chance.randint(200, 900))
    places = [*map(Column, cells), *(heads if same else [])]
    (case.wait if same and row == 1 else case.either)("A second table stands beside the first.", *places)


@deviation("rows")
def many_blank_rows(case):
    rows = case.rows()
    case.needs(len(rows) > 1)
    at, count = case.pick(rows[1:]), case.chance.randint(5, 60)
    case.sheet.insert_rows(at, count)
    case.either(f"{count} blank rows stand in the middle.", *(f"row {row}" for row in range(at, at + count + 9)))


@deviation("rows", 2)
def headers_repeated(case):
    """As after a page's end; sometimes the columns below them stand in another order."""
    case.table()
    at = case.pick(case.rows()[1:])
    again = copy_row(case, 1, at)
    texts = [str(cell.value) for cell in again.values()]
    if case.chance.random() < 0.5:
        one, other = case.field_column("quantity"), case.pick({case.field_column(field) for field in case.sample.fields} - {case.field_column("quantity")})
        for row in range(at, case.sheet.last_row + 1):
            a, b = case.sheet.cells.pop((row, one), None), case.sheet.cells.pop((row, other), None)
            if a:
                case.sheet.cells[row, other] = a
            if b:
                case.sheet.cells[row, one] = b
        texts = [str(case.sheet.get(at, one).value), str(case.sheet.get(at, other).value)]
        case.places += [f"row {row}" for row in range(at, case.sheet.last_row + 1)]
    case.either("The headers stand there once more in the middle.", Row(next(iter(again.values()))), *texts)


@deviation("rows", 2)
def note_below(case):
    """A sentence or a figure under the data."""
    row, column = end(case) + case.chance.randint(0, 2), case.chance.randint(1, min(4, case.sheet.last_column))
    text = case.pick(["Stock at end: 300", "Total returns 5", "incl. 3 testers", "Delivered 15.05.", "exchange rate 4.21", "Stock", "Difference", "Check"])
    cell = case.sheet.put(row, column, text)
    if case.chance.random() < 0.6:
        case.sheet.put(row, column + case.chance.randint(1, 2), str(case.chance.randint(11, 400)) if case.is_list else case.chance.randint(11, 400))
    case.either(f"A note {text} stands below.", Row(cell), text)


@deviation("rows")
def hidden_rows(case):
    """A filter was left on."""
    case.needs(not case.is_list)
    line = case.pick(case.sample.lines)
    case.sheet.hidden_rows.add(case.sheet.row_of(line.quantity))
    case.either("A row is hidden.", Row(line.quantity), "hidden")


@deviation("rows")
def table_pasted_twice(case):
    case.needs(case.sample.kind == "table" and case.sample.key != "skins_sa")
    rows = case.rows()
    start = end(case)
    for offset, row in enumerate(rows):
        for column, cell in case.sheet.row(row).items():
            case.sheet.put(start + offset, column, cell.value, cell.format)
    places = [f"row {start + offset}" for offset in range(len(rows))] + [f"row {row}" for row in rows]
    case.wait("All rows stand there twice.", *places, *ANY_TOTAL, "twice", "same")


@deviation("rows")
def numbers_in_the_preamble(case):
    case.needs(case.sample.key == "aromateque")
    cell = case.sheet.put(case.chance.randint(2, 11), case.chance.randint(2, 6), case.chance.randint(11, 400))
    case.either(f"The preamble holds the number {cell.value}.", Row(cell), Column(cell))
