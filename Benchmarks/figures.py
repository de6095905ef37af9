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


def ratio(ours, theirs):
    """Of pairs measured one after the other: the median of their ratios, and the least and the greatest."""
    ratios = [a / b for a, b in zip(ours, theirs)]
    return f"{median(ratios):.3g} × ({min(ratios):.3g}–{max(ratios):.3g})"


class Table:
    COLUMNS = ["what", "Sellout", "beside it", "time ratio (min–max)", "asked for"]

    def __init__(self):
        self.rows = []

    def add(self, what, ours, beside="", compared="", asked=""):
        self.rows.append([what, ours, beside, compared, asked])
        # Seen at once, so that a run that ends early has not measured in vain.
        print("bench: " + " | ".join(self.rows[-1]), file=sys.stderr, flush=True)

    def not_yet(self, what, reason):
        self.add(what, "not yet", compared=reason)

    def __str__(self):
        lines = [self.COLUMNS, ["---"] * len(self.COLUMNS), *self.rows]
        return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
