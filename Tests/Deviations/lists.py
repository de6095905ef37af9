"""CSV files that were cut, written otherwise, or mixed up."""
from cases import Row, deviation


def lines_of(case):
    return case.book.text(case.line_end).encode().splitlines(keepends=True)


@deviation("lists", 6)
def cut(case):
    """Anywhere but at a line's end, where nobody could see it."""
    case.needs(case.is_list and not case.edits)
    content = b"".join(lines_of(case))
    ends = [place for place in range(len(content)) if content[:place].endswith(b"\n")]
    start = len(content.split(b"\n")[0]) + 1
    place = case.chance.choice([place for place in range(2, len(content) - 2) if place not in ends])
    if case.chance.random() < 0.7:
        place = case.chance.choice([place for place in range(start + 1, len(content) - 2) if place not in ends])
    case.edits.append(lambda content: content[:place])
    row = content[:place].count(b"\n") + 1
    case.wait(f"The file is cut after {place} of {len(content)} bytes.", f"row {row}", "last line", "cut", "line end", "end of", *(["header"] if row == 1 else []))


@deviation("lists", 3)
def last_end_missing(case):
    """Nothing else is missing, and nobody can see that."""
    case.needs(case.is_list and not case.edits)
    case.edits.append(lambda content: content.rstrip(b"\r\n") + case.chance.choice([b"", b"\r"]))
    case.either("The last line has no end.", f"row {case.sheet.last_row}", "last line", "cut", "line end", "end of")


@deviation("lists", 2)
def cut_in_the_last_line(case):
    """So that a cell could go on, or is missing."""
    case.needs(case.is_list and not case.edits)
    lines = lines_of(case)
    last = lines[-1].rstrip(b"\r\n")
    place = case.chance.randint(1, len(last) - 1)
    case.edits.append(lambda content: b"".join(lines[:-1]) + last[:place] + case.pick([b"", b"", b"\r\n"]))
    case.wait("The last line is cut.", f"row {len(lines)}", "last line", "cut", "line end", "end of")


@deviation("lists", 2)
def other_delimiter(case):
    case.needs(case.is_list and not case.edits)
    case.book.delimiter = case.pick(sign for sign in ",;\t|" if sign != case.book.delimiter)
    case.either(f"The cells are divided by {case.book.delimiter!r}.", "delimiter", "header", "column", "row 1")


@deviation("lists", 2)
def quotes_missing(case):
    """A text that holds the delimiter, written without quotes."""
    case.needs(case.is_list and not case.edits)
    line = case.pick(case.sample.lines)
    fields = [field for field in ("name", "city", "store", "code") if field in case.sample.fields]
    cell = case.sheet.get(case.sheet.row_of(line.quantity), case.field_column(case.pick(fields)))
    sign = case.book.delimiter.encode()
    cell.value = "SPLITHERE"
    case.edits.append(lambda content: content.replace(b"SPLITHERE", b"Sol" + sign + b" Norte"))
    line_places = [Row(line.quantity)]
    if any(cell is case.sheet.get(case.sheet.row_of(line.quantity), case.field_column(field)) for field in ("store",) if field in case.sample.fields):
        case.wait("A store's name holds the delimiter, without quotes.", *line_places)
    else:
        case.either("A text holds the delimiter, without quotes.", *line_places)


@deviation("lists", 2)
def stray_quote(case):
    """An opening quote that is never closed swallows what follows."""
    case.needs(case.is_list and not case.edits)
    lines = lines_of(case)
    row = case.chance.randint(1, len(lines) - 1)
    cells = lines[row].split(case.book.delimiter.encode())
    place = case.chance.randrange(len(cells))
    cells[place] = b'"' + cells[place]
    lines[row] = case.book.delimiter.encode().join(cells)
    case.edits.append(lambda content: b"".join(lines))
    case.either("A quote is opened and never closed.", *(f"row {number}" for number in range(row + 1, len(lines) + 1)), "quote", "last line", "cut", "line end")


@deviation("lists", 2)
def cell_too_many_or_few(case):
    """One line has another number of cells than the header."""
    case.needs(case.is_list and not case.edits)
    lines, sign = lines_of(case), case.book.delimiter.encode()
    row = case.chance.randint(1, len(lines) - 1)
    cells = lines[row].rstrip(b"\r\n").split(sign)
    place = case.chance.randrange(len(cells))
    if case.chance.random() < 0.5:
        cells.insert(place, b"17")
    else:
        del cells[place]
    lines[row] = sign.join(cells) + b"\r\n"
    case.edits.append(lambda content: b"".join(lines))
    lost = len(cells) < len(lines[0].split(sign))
    decisive = {case.field_column(field) - 1 for field in ("quantity", "amount", "store", "date", "month", "year") if field in case.sample.fields}
    (case.wait if lost and place in decisive else case.either)("A line has another number of cells than the header.", f"row {row + 1}")


@deviation("lists")
def header_line(case):
    """Missing, or at another place."""
    case.needs(case.is_list and not case.edits)
    lines = lines_of(case)
    texts = [cell.value for cell in case.sheet.row(1).values()]
    to = case.pick([None, len(lines) - 1, 2])
    header = lines.pop(0)
    if to is not None:
        lines.insert(to, header)
    case.edits.append(lambda content: b"".join(lines))
    case.either("The header line is gone." if to is None else "The header line stands elsewhere.", *texts, "header", "row 1", f"row {(to or 0) + 1}")


@deviation("lists", 2)
def header_line_repeated(case):
    case.needs(case.is_list and not case.edits)
    lines = lines_of(case)
    to = case.chance.randint(1, len(lines))
    lines.insert(to, lines[0])
    case.edits.append(lambda content: b"".join(lines))
    case.either("The header line stands there twice.", f"row {to + 1}")


@deviation("lists", 2)
def other_letters(case):
    """Windows-1252, UTF-16 with its mark or without, an accent in a store's or city's name."""
    case.needs(case.is_list and not case.edits)
    if "store" in case.sample.fields:
        for line in case.sample.lines:
            if line.store == "Perfumeria Sol":
                line.store = "Perfumería Niño"
                case.sheet.get(case.sheet.row_of(line.quantity), case.field_column("store")).value = line.store
        case.alone()
        case.sales = case.sample.sales()
    coding = case.pick(["cp1252", "utf-16", "utf-16-le", "latin-1"])
    case.edits.append(lambda content: content.decode("utf-8").encode(coding))
    case.either(f"The file is written in {coding}.", "utf", "coding", "text", "letters", "header", "row 1", "store")


@deviation("lists", 2)
def half_uploaded_twice(case):
    """A broken upload was begun again behind what had arrived."""
    case.needs(case.is_list and not case.edits)
    content = b"".join(lines_of(case))
    place = case.chance.randint(len(content) // 3, len(content) - 3)
    case.needs(content[place - 1:place] != b"\n")
    row = content[:place].count(b"\n") + 1
    rows = range(row, row + content.count(b"\n") + 1)
    case.edits.append(lambda content: content[:place] + content)
    case.wait("The file begins again in the middle of a line.", *(f"row {number}" for number in rows), "twice")


@deviation("lists", 2)
def line_broken(case):
    """A line end in the middle of a line."""
    case.needs(case.is_list and not case.edits)
    lines = lines_of(case)
    row = case.chance.randint(1, len(lines) - 1)
    place = case.chance.randint(2, len(lines[row]) - 3)
    lines[row] = lines[row][:place] + b"\r\n" + lines[row][place:]
    case.edits.append(lambda content: b"".join(lines))
    case.either("A line is broken in two.", f"row {row + 1}", f"row {row + 2}")


@deviation("lists")
def old_line_ends(case):
    """As old Macs wrote them."""
    case.needs(case.is_list and not case.edits)
    case.edits.append(lambda content: content.replace(b"\r\n", b"\r"))
    case.either("Lines end with a carriage return alone.", "line", "header", "row 1")


@deviation("lists")
def delimiter_named(case):
    """A first line that tells Excel the delimiter, or delimiters at the end of every line."""
    case.needs(case.is_list and not case.edits)
    sign = case.book.delimiter.encode()
    if case.chance.random() < 0.5:
        case.edits.append(lambda content: b"sep=" + sign + b"\r\n" + content)
        case.either("The first line tells the delimiter.", "sep=", "header", "row 1", "row 2")
    else:
        case.edits.append(lambda content: content.replace(b"\r\n", sign + b"\r\n"))
        case.either("Each line ends with a delimiter.", "header", "column", "row 1")


@deviation("lists")
def sum_line(case):
    """A line with the sums at the end of a list."""
    case.needs(case.is_list and not case.edits)
    cells = [b""] * case.sheet.last_column
    cells[0] = case.pick([b"Total", b"Suma", b"", b"Summe"])
    cells[case.field_column("quantity") - 1] = b"9"
    cells[case.field_column("amount") - 1] = b"1240"
    line = case.book.delimiter.encode().join(cells) + b"\r\n"
    case.edits.append(lambda content: content + line)
    case.either("A line of sums stands at the end.", f"row {case.sheet.last_row + 1}")


@deviation("lists")
def not_what_its_name_says(case):
    """A list called a workbook, or a workbook called a list."""
    name, _, ending = case.name.rpartition(".")
    case.name = f"{name}.{case.pick(other for other in ('csv', 'xlsx', 'xls', 'xlsm') if other != ending and not (ending == 'xlsx' and other == 'xlsm'))}"
    case.either(f"The file is called {case.name}.", "csv", "workbook", "xlsx", "list", "spreadsheet", "zip")
