"""Cells merged over several rows or columns."""
from cases import Column, deviation


def together(case, field):
    """Brings the rows that share a field's text together, and gives their rows."""
    case.needs(case.sample.kind == "table" and not case.is_list and field in case.sample.fields)
    column = case.field_column(field)
    key = lambda row: str(case.sheet.get(row, column).value) if case.sheet.get(row, column) else ""
    rows = case.rows()
    order = sorted(rows, key=key)
    places = {old: new for old, new in zip(order, rows)}
    case.sheet.cells = {(places.get(row, row), place): cell for (row, place), cell in case.sheet.cells.items()}
    texts = [key(row) for row in rows]
    text = case.pick({text for text in texts if text and texts.count(text) > 1})
    return [row for row, other in zip(rows, texts) if other == text], column


@deviation("merged", 4)
def text_merged_over_rows(case):
    """A store, a month or a product stands in the first of its rows alone, and its cell covers the others."""
    field = case.pick({"store", "year", "month", "date", "ean", "name"} & set(case.sample.fields))
    rows, column = together(case, field)
    case.needs(rows == list(range(rows[0], rows[-1] + 1)))
    for row in rows[1:]:
        case.sheet.put(row, column, None)
    case.sheet.merged.append([rows[0], column, rows[-1], column])
    case.either(f"The {field} is merged over its rows.", *(f"row {row}" for row in rows), field)


@deviation("merged", 2)
def text_once_for_its_rows(case):
    """The same without merging: the cells below are simply empty."""
    field = case.pick({"store", "year", "month"} & set(case.sample.fields))
    rows, column = together(case, field)
    for row in rows[1:]:
        case.sheet.put(row, column, None)
    case.either(f"The {field} stands in the first of its rows alone.", *(f"row {row}" for row in rows[1:]))


@deviation("merged", 4)
def figure_merged_over_rows(case):
    """One amount or quantity for two rows."""
    case.needs(not case.is_list and case.sample.kind != "blocks")
    rows = case.rows()
    measure = case.pick([0, 1])
    pairs = [entry for entry in case.sample.entries if entry[measure] and case.sheet.row_of(entry[0]) + 1 in rows]
    entry = case.pick(pairs)
    row, column = case.sheet.place(entry[measure])
    below = case.sheet.get(row + 1, column)
    case.needs(below is not None and any(below is cell for pair in case.sample.entries for cell in pair))
    case.sheet.put(row + 1, column, None)
    case.sheet.merged.append([row, column, row + 1, column])
    places = [f"row {row}", f"row {row + 1}", "merged", Column(entry[measure])]
    case.wait("One figure is merged over two rows.", *places, *(["total"] if case.sample.sums else []))


@deviation("merged", 2)
def headers_merged(case):
    """One header over two columns."""
    case.needs(not case.is_list and case.sample.kind == "table")
    header = case.pick(case.sample.fields.values())
    column = case.sheet.column_of(header)
    beside = case.sheet.get(1, column + 1)
    case.needs(beside)
    text = beside.value
    case.places.append(Column(next(iter(list(case.sheet.column(column + 1).values())[1:]), header)))
    case.sheet.put(1, column + 1, None)
    case.sheet.merged.append([1, column, 1, column + 1])
    case.either(f"The header {header.value} is merged over the next column's {text}.", header.value, text, Column(header),
                *(field for field, cell in case.sample.fields.items() if cell in (header, beside)))


@deviation("merged", 3)
def stores_merged(case):
    """One store's name over two stores' columns."""
    case.needs(case.sample.groups)
    groups = [group for group in case.sample.groups if not group.total]
    place = case.chance.randint(0, len(groups) - 2)
    one, other = groups[place:place + 2]
    row = case.sheet.row_of(one.header)
    case.needs(row == case.sheet.row_of(other.header))
    first, second = case.sheet.column_of(one.header), case.sheet.column_of(other.header)
    area = next(area for area in case.sheet.merged if area[:2] == [row, second])
    case.sheet.drop(other.header)
    case.sheet.merged = [area_ for area_ in case.sheet.merged if area_[:2] not in ([row, first], [row, second])]
    case.sheet.merged.append([row, first, row, area[3]])
    case.wait(f"{one.name} is merged over the columns of {other.name}.", one.name, Column(one.quantity), Column(one.amount), Column(other.quantity), Column(other.amount))


@deviation("merged", 2)
def product_merged_over_rows(case):
    """In a grid, one product's cell covers the next row too: both rows are of that product."""
    case.needs(case.sample.kind in ("store grid", "period grid"))
    rows = case.rows()
    row = case.pick([row for row in rows if row + 1 in rows])
    column = {"cdlc": case.pick([2, 3]), "galilu": 1, "aromateque": case.pick([1, 2])}[case.sample.key]
    case.alone()
    case.sheet.put(row + 1, column, None)
    case.sheet.merged.append([row, column, row + 1, column])
    if column != 3 and (column != 1 or case.sample.key != "aromateque"):
        above = next(line for line in case.sample.lines if case.sheet.row_of(line.quantity) == row)
        for line in case.sample.lines:
            if case.sheet.row_of(line.quantity) == row + 1:
                line.ean = above.ean
        case.sales = case.sample.sales()
    case.either("A product's cell covers the next row.", f"row {row + 1}", f"row {row}", "merged")


@deviation("merged")
def nothing_merged(case):
    """A merged area without a word beside the data."""
    case.needs(not case.is_list)
    column, row = case.sheet.last_column + 2, case.sheet.last_row + 2
    case.sheet.merged.append([row, column, row + 2, column + 1])
    case.fine("Empty cells are merged far from the data.")
