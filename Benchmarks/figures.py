"""Medians, ratios and the table that goes into the README."""

import sys
from statistics import median


def quantile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def time(seconds):
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def rate(count, seconds, unit):
    return f"{count / seconds:,.0f} {unit}/s"


def to_before(taken):
    """Nothing where no commit before was measured."""
    return ratio(taken["Sellout"], taken["before"]) if taken.get("before") else ""


def one_to_before(value):
    """The same for one figure each."""
    return f"{value['Sellout'] / value['before']:.3g} ×" if "before" in value else ""


def ratio(ours, theirs):
    """Of pairs measured one after the other: the median of their ratios, and the least and the greatest."""
    ratios = [a / b for a, b in zip(ours, theirs)]
    return f"{median(ratios):.3g} × ({min(ratios):.3g}–{max(ratios):.3g})"


class Table:
    """With a commit before, in turns with it, a column says how the time or the memory compares with that."""

    def __init__(self, has_before):
        self.has_before, self.rows = has_before, []

    def columns(self, what, ours, before, beside, compared, asked):
        return [what, ours, *([before] if self.has_before else []), beside, compared, asked]

    def add(self, what, ours, beside="", compared="", asked="", before=""):
        self.rows.append(self.columns(what, ours, before, beside, compared, asked))
        # Seen at once, so that a run that ends early has not measured in vain.
        print("bench: " + " | ".join(self.rows[-1]), file=sys.stderr, flush=True)

    def __str__(self):
        head = self.columns("what", "Sellout", "to the commit before", "beside it", "time ratio (min–max)", "asked for")
        lines = [head, ["---"] * len(head), *self.rows]
        return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
