"""One case: a sample that something is done to, what a careful person would book of it, and what a report must name otherwise."""
import hashlib
import itertools
import random
from collections import Counter

import samples
from figures_written import number
from sheets import letter
from workbook import Writer

ORDER = ["right", "either", "wait"]
DEVIATIONS = {}


class Unfit(Exception):
    """This deviation cannot be made of this sample."""


class Row:
    """The row in which a cell stands in the end."""

    def __init__(self, cell):
        self.cell = cell

    def texts(self, case):
        place = case.find(self.cell)
        return [f"row {place[0]}"] if place else []


class Column(Row):
    """The column in which a cell stands in the end; where the cell is a header, its text names it too."""

    def texts(self, case):
        place = case.find(self.cell)
        return [f"column {letter(place[1])}"] if place else []


class Case:
    def __init__(self, sample, chance):
        self.sample, self.chance, self.book, self.sheet = sample, chance, sample.book, sample.main
        self.name, self.kinds, self.what, self.places, self.edits = sample.name, [], [], [], []
        self.verdict, self.sales, self.line_end, self.macros, self.is_alone = "right", sample.sales(), "\r\n", False, False

    @property
    def is_list(self):
        return self.book.delimiter is not None

    def needs(self, fits):
        if not fits:
            raise Unfit

    def alone(self):
        """For what changes the true sales: nothing but harmless things may be done to the file beside it."""
        self.needs(not self.places)
        self.is_alone = True

    def pick(self, choices):
        choices = sorted(choices, key=str) if isinstance(choices, set) else list(choices)
        self.needs(choices)
        return self.chance.choice(choices)

    def find(self, cell):
        return next(filter(None, (sheet.place(cell) for sheet in self.book.sheets)), None)

    def fine(self, what):
        """Nothing is wrong with it; the sales are what the cells say."""
        self._done("right", what, [])
        if self.verdict == "right":
            self.sales = self.sample.sales()

    def either(self, what, *places):
        """Sold as before, or left waiting with the place named."""
        self._done("either", what, places)

    def wait(self, what, *places):
        """Nobody can know what was sold."""
        self._done("wait", what, places)
        self.sales = None

    def _done(self, verdict, what, places):
        self.verdict = max(self.verdict, verdict, key=ORDER.index)
        self.what += [what] if what else []
        self.places += places

    def header(self, field):
        self.needs(field in self.sample.fields)
        return self.sample.fields[field]

    def field_column(self, field):
        return self.sheet.column_of(self.header(field))

    def field_cells(self, field):
        """The cells of a field in the rows that are sales."""
        column = self.field_column(field)
        return [self.sheet.get(self.sheet.row_of(line.quantity), column) for line in self.sample.lines]

    def table(self):
        self.needs(self.sample.kind == "table")

    def rows(self):
        """The rows that hold figures, in their order; those of a block's total among them."""
        return sorted({self.sheet.row_of(cell) for entry in self.sample.entries for cell in entry[:1]})

    def sums_by_chance(self):
        """Stores or months whose figures happen to be another's, or the sum of others: whoever asks is right to."""
        columns = [group.quantity for group in self.sample.groups if not group.total] or getattr(self.sample, "months", [])
        figures = {}
        for line in self.sample.lines:
            place = self.sheet.place(line.quantity)
            figures.setdefault(place[1], {})[place[0]] = number(line.quantity.value, self.sample.decimal)
        for count in range(1, len(columns)):
            for parts in itertools.combinations(figures, count):
                total = sum((Counter(figures[part]) for part in parts[1:]), Counter(figures[parts[0]])) if parts else None
                for column in set(figures) - set(parts):
                    if total == figures[column]:
                        yield f"column {letter(column)}"

    def manifest_line(self, seed):
        texts = []
        if self.verdict == "right" and (chances := list(self.sums_by_chance())):
            self.either("By chance some figures are the sums of others.", *chances, "total", "sum")
        for place in self.places:
            texts += place.texts(self) if isinstance(place, Row) else [str(place)]
        texts = list(dict.fromkeys(text.strip() for text in texts if text and text.strip()))
        kind = "+".join(self.kinds)
        return {"reseller": self.sample.reseller, "sample": self.sample.key, "seed": seed, "deviation": kind, "what": " ".join(self.what),
                "verdict": self.verdict, "sales": None if self.sales is None else sorted(map(list, self.sales)), "places": texts}

    def bytes(self):
        content = self.book.text(self.line_end).encode("utf-8") if self.is_list else Writer(self.book, self.macros).bytes()
        for edit in self.edits:
            content = edit(content)
        return content


def deviation(family, weight=1):
    """Registers a function of a case under its own name."""
    def register(function):
        DEVIATIONS[function.__name__] = (function, family, weight)
        return function
    return register


def make(seed, kinds, sample):
    """The case of one seed, the same whatever else there is."""
    chance = random.Random(hashlib.sha256(f"{seed}/{'+'.join(kinds)}/{sample}".encode()).digest())
    case = Case(samples.fresh(sample), chance)
    for kind in kinds:
        try:
            DEVIATIONS[kind][0](case)
        except (ArithmeticError, AttributeError, IndexError, KeyError, StopIteration, TypeError, ValueError) as error:
            if case.verdict == "right":
                raise
            # The deviation before took away what this one works on.
            raise Unfit from error
        case.kinds.append(kind)
        case.needs(not case.is_alone or kind == kinds[-1])
    return case
