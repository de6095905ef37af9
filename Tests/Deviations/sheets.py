"""A workbook as plain cells, so that thousands can be changed in memory, and a sample file read into one."""
import csv
import datetime
import io
import os

import openpyxl


class Formula:
    """A formula; `value` is what its program stored beside it, None where it stored nothing."""

    def __init__(self, text, value=None):
        self.text, self.value = text, value


class Fault(str):
    """An error value as Excel shows it: `#REF!`."""


class Cell:
    """Cells are known by identity: a deviation keeps hold of one while rows and columns move about it."""
    __slots__ = ("value", "format")

    def __init__(self, value, format=None):
        self.value, self.format = value, format


class Sheet:
    def __init__(self, name):
        self.name, self.cells, self.merged, self.state = name, {}, [], "visible"
        self.hidden_columns, self.hidden_rows = set(), set()

    def get(self, row, column):
        return self.cells.get((row, column))

    def put(self, row, column, value, format=None):
        """Writes a value; an empty one takes the cell away. Gives the cell, the one that was there if there was one."""
        if value is None:
            self.cells.pop((row, column), None)
            return None
        cell = self.cells.setdefault((row, column), Cell(None))
        cell.value, cell.format = value, format
        return cell

    def place(self, cell):
        """Where the cell is by now, None where it is gone."""
        return next((place for place, other in self.cells.items() if other is cell), None)

    def row_of(self, cell):
        return self.place(cell)[0]

    def column_of(self, cell):
        return self.place(cell)[1]

    def row(self, number):
        return {column: cell for (row, column), cell in sorted(self.cells.items()) if row == number}

    def column(self, number):
        return {row: cell for (row, column), cell in sorted(self.cells.items()) if column == number}

    @property
    def last_row(self):
        return max((row for row, _ in self.cells), default=0)

    @property
    def last_column(self):
        return max((column for _, column in self.cells), default=0)

    def drop(self, cell):
        del self.cells[self.place(cell)]

    def insert_rows(self, at, count=1):
        self._shift(at, count, 0)

    def insert_columns(self, at, count=1):
        self._shift(at, count, 1)

    def remove_row(self, at):
        self._remove(at, 0)

    def remove_column(self, at):
        self._remove(at, 1)

    def take_columns(self, first, count=1):
        """The cells of some columns, taken out; what is right of them moves left."""
        taken = {(row, column - first): cell for (row, column), cell in self.cells.items() if first <= column < first + count}
        for _ in range(count):
            self.remove_column(first)
        return taken

    def lay_columns(self, taken, at, count=1):
        self.insert_columns(at, count)
        for (row, offset), cell in taken.items():
            self.cells[row, at + offset] = cell

    def move_row(self, start, end):
        """Moves a row to before the row `end`, counted before it moved."""
        taken = self.row(start)
        for column in taken:
            del self.cells[start, column]
        self.insert_rows(end)
        for column, cell in taken.items():
            self.cells[end, column] = cell
        self.remove_row(start if start < end else start + 1)

    def _shift(self, at, count, axis):
        moved = lambda place: tuple(n + count if i == axis and n >= at else n for i, n in enumerate(place))
        self.cells = {moved(place): cell for place, cell in self.cells.items()}
        self.merged = [[*moved(area[:2]), *moved(area[2:])] for area in self.merged]

    def _remove(self, at, axis):
        moved = lambda place: tuple(n - 1 if i == axis and n > at else n for i, n in enumerate(place))
        self.cells = {moved(place): cell for place, cell in self.cells.items() if place[axis] != at}
        kept = []
        for area in self.merged:
            start, end = area[axis], area[2 + axis]
            new = [*area]
            new[axis] = start - 1 if start > at else start
            new[2 + axis] = end - 1 if end >= at else end
            if new[2 + axis] >= new[axis] and new[:2] != new[2:]:
                kept.append(new)
        self.merged = kept

    def copy(self, name):
        other = Sheet(name)
        other.cells = {place: Cell(cell.value, cell.format) for place, cell in self.cells.items()}
        other.merged = [list(area) for area in self.merged]
        return other


class Book:
    def __init__(self, sheets, delimiter=None):
        """A delimiter makes it a CSV file: one sheet whose cells are all text."""
        self.sheets, self.delimiter, self.dates_from_1904 = sheets, delimiter, False

    def __getitem__(self, name):
        return next(sheet for sheet in self.sheets if sheet.name == name)

    def text(self, line_end="\r\n"):
        """The book as CSV."""
        sheet, lines = self.sheets[0], io.StringIO()
        writer = csv.writer(lines, delimiter=self.delimiter, lineterminator=line_end)
        width = sheet.last_column
        for row in range(1, sheet.last_row + 1):
            cells = sheet.row(row)
            writer.writerow([cells[column].value if column in cells else "" for column in range(1, width + 1)] if cells else [])
        return lines.getvalue()


def letter(column):
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def read(path):
    name = os.path.basename(path)
    if name.endswith(".csv"):
        with open(path, newline="", encoding="utf-8") as file:
            content = file.read()
        delimiter = max(";,", key=content.split("\n")[0].count)
        sheet = Sheet(name[:-4])
        for row, values in enumerate(csv.reader(io.StringIO(content), delimiter=delimiter), 1):
            for column, value in enumerate(values, 1):
                sheet.put(row, column, value or None)
        return Book([sheet], delimiter)
    book = openpyxl.load_workbook(path)
    return Book([read_sheet(sheet) for sheet in book.worksheets])


def read_sheet(source):
    sheet = Sheet(source.title)
    for row in source.iter_rows():
        for cell in row:
            value = cell.value
            if isinstance(value, datetime.datetime) and value.time() == datetime.time():
                value = value.date()
            sheet.put(cell.row, cell.column, value, "date" if isinstance(value, datetime.date) else None)
    sheet.merged = [[area.min_row, area.min_col, area.max_row, area.max_col] for area in source.merged_cells.ranges]
    return sheet
