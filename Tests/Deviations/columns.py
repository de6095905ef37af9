"""Columns too many, too few, or elsewhere."""
from cases import Column, deviation
from figures_written import number, write
from headers import ANY_TOTAL, all_headers, fields_of
from sheets import Cell, letter
from words import NUMERIC, PARTS

FIELD_WORDS = {"ean": ["ean", "product"], "quantity": ["quantity"], "amount": ["amount"], "store": ["store"], "date": ["date", "period"],
               "year": ["year"], "month": ["month"]}


def figure(case, low=11, high=97):
    value = case.chance.randint(low, high)
    return str(value) if case.is_list else value


def width(case):
    return 4 if case.sample.kind == "blocks" else 2 if case.sample.groups else 1


def new_column(case, column, header, value, head=None):
    """A column of its own, with a value for each row of figures; gives its first cell."""
    case.sheet.insert_columns(column)
    cells = [case.sheet.put(row, column, value(row)) for row in case.rows()]
    first = case.sheet.put(head or case.sample.head, column, header) if header else None
    return first or next(cell for cell in cells if cell)


@deviation("columns", 3)
def column_doubled(case):
    """The same figures once more, under the same header or nearly."""
    case.table()
    header = case.header(case.pick(field for field in case.sample.fields))
    column = case.sheet.column_of(header)
    new = case.pick(["{}", "{}", "{} 2", "{} (new)", "{}.1", "{} copy", "{}_"]).format(header.value)
    to = case.pick([column + 1, case.sheet.last_column + 1, column])
    source = {case.sheet.row_of(cell): (cell.value, cell.format) for cell in case.sheet.column(column).values()}
    case.sheet.insert_columns(to)
    for row, (value, format) in source.items():
        case.sheet.put(row, to, value, format)
    again = case.sheet.get(1, to)
    again.value = new
    case.either(f"The column {header.value} stands there twice, again as {new}.", header.value, new, Column(again), Column(header), *fields_of(case, header))


@deviation("columns", 3)
def group_doubled(case):
    """A store's or a month's columns stand there twice; every total counts it once."""
    case.needs(case.sample.kind != "table")
    groups = [group for group in case.sample.groups if not group.total]
    header = case.pick([group.header for group in groups] or case.sample.months)
    count, column = width(case), case.sheet.column_of(header)
    copies = {(row, place - column): (cell.value, cell.format) for (row, place), cell in case.sheet.cells.items() if column <= place < column + count}
    # A merged header above others is not the store's own.
    to = case.pick([column + count, case.sheet.last_column + 1])
    case.sheet.insert_columns(to, count)
    for (row, offset), (value, format) in copies.items():
        case.sheet.put(row, to + offset, value, format)
    again = case.sheet.get(case.sheet.row_of(header), to)
    again.value = case.pick(["{}", "{}", "{} 2", "{} (new)"]).format(header.value)
    places = [place for offset in range(count) for place in [Column(case.sheet.get(case.sample.head, to + offset))]]
    case.either(f"The columns of {header.value} stand there twice, again as {again.value}.", header.value, again.value, Column(header), *places, *ANY_TOTAL)


@deviation("columns", 4)
def group_total_added(case):
    """The sum of some stores or months between the others, by whatever name."""
    sample = case.sample
    case.needs(sample.kind != "table")
    if sample.groups:
        groups = [group for group in sample.groups if not group.total]
        size = case.chance.randint(2, len(groups))
        start = case.chance.randint(0, len(groups) - size)
        parts, count = groups[start:start + size], width(case)
        column = case.sheet.column_of(parts[-1].quantity) + count
        sources = [[case.sheet.column_of(group.quantity) + offset for group in parts] for offset in range(count)]
        name = case.pick(PARTS).format(case.pick(["Lithuania", "Baltic", "Latvia", "Retail", "Physical", "Stores", "Web", "UK"]))
    else:
        size = case.chance.randint(2, len(sample.months))
        start = case.chance.randint(0, len(sample.months) - size)
        parts, count = sample.months[start:start + size], 1
        column = case.sheet.column_of(parts[-1]) + 1
        sources = [[case.sheet.column_of(month) for month in parts]]
        name = case.pick(["Q1", "Q1 2025", "1Q", "H1", "YTD", "Winter", "Sum", "Subtotal", "Jan-Mar", "Quarter", "1 kwartał", "I квартал"])
    case.sheet.insert_columns(column, count)
    for row in range(sample.head + 1, case.sheet.last_row + 1):
        for offset, columns in enumerate(sources):
            cells = [case.sheet.get(row, source) for source in columns]
            figures = [number(cell.value, sample.decimal) for cell in cells if cell]
            if any(figure is not None for figure in figures):
                style = next(cell.value for cell in cells if cell and number(cell.value, sample.decimal) is not None)
                cell = Cell(style)
                write(cell, sum(figure or 0 for figure in figures), sample.decimal)
                case.sheet.cells[row, column + offset] = cell
    places = lay_headers(case, column, name)
    case.either(f"A total {name} stands between the others.", name, *places)


def lay_headers(case, column, name):
    """The headers of one more group at the given column; gives places that name it."""
    sample, kind = case.sample, case.sample.kind
    row = {"store grid": 3, "blocks": 1}.get(kind, sample.head)
    first = case.sheet.put(row, column, name)
    if kind == "store grid":
        case.sheet.merged.append([row, column, row, column + 1])
    if kind == "blocks":
        case.sheet.merged.append([row, column, row, column + 3])
        for half, span in enumerate(["Actual", "YTD"]):
            case.sheet.put(2, column + half * 2, span)
            case.sheet.merged.append([2, column + half * 2, 2, column + half * 2 + 1])
    places = [Column(first)]
    if sample.groups:
        for offset in range(0, width(case), 2):
            places.append(Column(case.sheet.put(sample.head, column + offset, sample.groups[0].quantity.value)))
            places.append(Column(case.sheet.put(sample.head, column + offset + 1, sample.groups[0].amount.value)))
    return places


@deviation("columns", 4)
def numbers_beside(case):
    """A column of numbers that no layout knows, or that has no header at all."""
    header = case.pick(NUMERIC)
    if case.sample.kind == "table":
        column = case.chance.randint(1, case.sheet.last_column + 1)
    else:
        edges = [case.sheet.column_of(group.quantity) for group in case.sample.groups] or \
            [case.sheet.column_of(cell) for cell in [*case.sample.months, case.sample.total]]
        column = case.pick([*edges, case.sheet.last_column + 1, case.sheet.last_column + 2])
    first = new_column(case, column, header, lambda row: figure(case) if case.chance.random() < 0.8 or row == case.rows()[0] else None)
    case.either(f"A column of numbers called {header or 'nothing'} was added.", header, Column(first))


@deviation("columns", 2)
def month_nobody_adds(case):
    """A further month that the totals do not hold: perhaps a forecast, perhaps forgotten."""
    case.needs(case.sample.kind == "period grid")
    header = {"galilu": case.pick(["May", "Jun", "Dec"]), "aromateque": "01.04.2025"}[case.sample.key]
    first = new_column(case, case.sheet.column_of(case.sample.total), header, lambda row: case.chance.randint(2, 9))
    case.wait(f"A month {header} was added that the totals do not hold.", header, Column(first), *ANY_TOTAL)


@deviation("columns", 2)
def second_amount(case):
    """Two columns that both could be the amount."""
    case.table()
    old = case.header("amount")
    word = case.pick(["net", "gross", "incl. VAT", "excl. VAT", "after discount", "(local)", "retail"])
    column = case.sheet.column_of(old)
    values = {case.sheet.row_of(line.quantity): number(line.amount.value, case.sample.decimal) for line in case.sample.lines}
    factor = case.pick([121, 80, 115])
    value = lambda row: f"{values[row] * factor / 100:.2f}".replace(".", case.sample.decimal) if row in values else None
    first = new_column(case, case.pick([column, column + 1, case.sheet.last_column + 1]), f"{old.value.strip()} {word}", value)
    case.either(f"A second amount called {first.value} was added.", first.value, "amount", Column(first), Column(old))


@deviation("columns")
def amount_split_in_two(case):
    """The known header is gone, and two others could be meant."""
    case.table()
    old = case.header("amount")
    text, column = old.value.strip(), case.sheet.column_of(old)
    values = {case.sheet.row_of(line.quantity): number(line.amount.value, case.sample.decimal) for line in case.sample.lines}
    old.value = f"{text} {case.pick(['A', '1', 'net'])}"
    value = lambda row: f"{values[row] * 83 / 100:.2f}".replace(".", case.sample.decimal) if row in values else None
    first = new_column(case, column + 1, f"{text} {case.pick(['B', '2', 'gross'])}", value)
    case.wait(f"{text} became {old.value} and {first.value}.", text, old.value, first.value, "amount", Column(first), Column(old))


@deviation("columns")
def column_hidden(case):
    """Hidden is still there."""
    case.needs(not case.is_list)
    header = case.pick(all_headers(case))
    case.sheet.hidden_columns.add(case.sheet.column_of(header))
    case.either(f"The column {header.value} is hidden.", header.value, Column(header), "hidden")


@deviation("columns", 2)
def group_moved(case):
    """A store or month at another place among the others, or behind the total."""
    case.needs(case.sample.kind != "table")
    headers = [group.quantity for group in case.sample.groups] or [*case.sample.months, case.sample.total]
    header = case.pick(headers)
    count = width(case)
    taken = case.sheet.take_columns(case.sheet.column_of(header), count)
    rest = [cell for cell in headers if cell is not header]
    case.sheet.lay_columns(taken, case.pick([*map(case.sheet.column_of, rest), case.sheet.last_column + 1]), count)
    texts = [str(cell.value) for cell in taken.values() if case.sheet.row_of(cell) <= case.sample.head]
    # Which country stands above a store says nothing of the sale.
    case.either("A group of columns moved.", *texts, Column(header), *ANY_TOTAL)


KNOWN_WITHOUT = {("boxnox list", "month"), ("boxnox list", "year"), ("boxnox", "year"), ("skins_sa", "date"),
                 *((f"{kind} flat", field) for kind in ("cdlc", "skins_nl") for field in ("month", "year"))}


def figures_are_gone(case, field):
    """Whether nobody can know the sales without this column."""
    if field in ("quantity", "amount", "store"):
        return True
    return field in ("year", "month", "date") and (case.sample.key, field) not in KNOWN_WITHOUT and not (
        case.sample.key == "skins_sa" and field in ("year", "month"))


def lose(case, header, what):
    field = next(iter(fields_of(case, header)), None)
    if case.sample.key == "skins_sa" and field == "date" and not case.places:
        # Months are left, and a month's figure is dated on its first day.
        case.is_alone = True
        for line in case.sample.lines:
            line.day = line.day[:8] + "01"
        case.sales = case.sample.sales()
    places = [str(header.value), *FIELD_WORDS.get(field, [field]), Column(header)]
    (case.wait if figures_are_gone(case, field) else case.either)(what, *places)


@deviation("columns", 2)
def column_emptied(case):
    case.table()
    header = case.pick(case.sample.fields.values())
    column = case.sheet.column_of(header)
    rows = [row for row in case.sheet.column(column) if row > 1]
    labels = [case.sheet.row_of(label) for label in case.sample.total_labels if case.sheet.column_of(label) == column]
    case.places += [f"row {row}" for row in case.rows()]
    for row in rows:
        if row not in labels:
            case.sheet.put(row, column, None)
    lose(case, header, f"The column {header.value} is empty.")


@deviation("columns", 2)
def column_removed(case):
    case.table()
    header = case.pick(case.sample.fields.values())
    case.needs(not case.sample.total_labels or case.sheet.column_of(header) > 1)
    what = f"The column {header.value} is gone."
    lose(case, header, what)
    case.sheet.remove_column(case.sheet.column_of(header))


@deviation("columns")
def everything_to_the_right(case):
    """An empty first column, as some exports have it."""
    count = case.chance.randint(1, 2)
    header = case.pick(all_headers(case))
    case.sheet.insert_columns(1, count)
    case.either("Everything stands further to the right.", str(header.value), "column", "header", "ean", "product")


@deviation("columns", 2)
def spans_gone(case):
    """A channel without its YTD columns, or without its Actual ones."""
    case.needs(case.sample.kind == "blocks")
    group = case.pick(case.sample.groups)
    column = case.sheet.column_of(group.quantity)
    which = case.pick(["YTD", "YTD", "Actual"])
    text = group.header.value
    places = [Column(group.header), Column(group.quantity), text, which]
    if which == "YTD":
        case.sheet.take_columns(column + 2, 2)
        case.either(f"The channel {text} has no YTD columns.", *places)
        return
    case.sheet.take_columns(column, 2)
    case.sheet.put(1, column, text)
    (case.either if group.total else case.wait)(f"The channel {text} has no Actual columns.", f"column {letter(column)}", *places, *ANY_TOTAL)
