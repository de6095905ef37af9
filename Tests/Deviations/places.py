"""What a report says of places: whether a row, a column, a header or a sheet is named in it."""
import re

CELL = re.compile(r"(?<![A-Za-z0-9$])\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?(?![A-Za-z0-9])")
LIST = r"((?:\s*(?:,|-|\u2013|:|to|and|or|\u2026)?\s*%s)+)"
ROWS = re.compile(r"\b(?:rows?|lines?)\b" + LIST % r"\d+", re.IGNORECASE)
COLUMNS = re.compile(r"\b[Cc]olumns?\b" + LIST % r"\b[A-Z]{1,3}\b")
SPAN = r"\s*(?:-|\u2013|:|to|\u2026)\s*"


def said(report):
    """What the report says of the file for a person: not its name, what it was known by, sums that agree, or stores met first."""
    texts = [report.get("message") or ""]
    texts += [f"{warning['code']} {warning['message']}" for warning in report.get("warnings") or [] if warning["code"] != "NEW_STORE"]
    for entry in [*(report.get("warnings") or []), *(report.get("skipped") or [])]:
        texts += [" ".join(map(str, place.values())) for place in entry.get("places") or []]
    texts += [str(total["scope"]) + " total" for total in report.get("control_totals") or [] if total["agrees"] is False]
    for error in report.get("errors") or []:
        known = {key: value for key, value in error.items() if value not in (None, "")}
        place = f"row {known['row_number']}" if "row_number" in known else ""
        column = f"column {known['column']}" if "column" in known else ""
        texts.append(" ".join([place, column, *(str(known[key]) for key in ("sheet", "error_type", "error_message", "field_name", "field_value") if key in known)]))
    for other in ("unaccounted", "restated"):
        texts += [str(value) for entry in report.get(other) or [] for value in (entry.values() if isinstance(entry, dict) else [entry])]
    return "\n".join(texts)


def number_of(letters):
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - 64
    return value


def spans(text, single, value):
    """`5`, `5-9`, `5 to 9, 12` as pairs of first and last."""
    for match in re.finditer(rf"({single})(?:{SPAN}({single}))?", text):
        first = value(match.group(1))
        yield first, value(match.group(2)) if match.group(2) else first


class Named:
    """The rows and columns that a text names, alone, as cells or within ranges."""

    def __init__(self, text):
        self.text = " ".join(text.casefold().split())
        self.rows, self.columns = [], []
        for column, row, last_column, last_row in CELL.findall(text):
            self.rows.append((int(row), int(last_row or row)))
            self.columns.append((number_of(column), number_of(last_column or column)))
        for match in ROWS.finditer(text):
            self.rows += spans(match.group(1), r"\d+", int)
        for match in COLUMNS.finditer(text):
            self.columns += spans(match.group(1), r"\b[A-Z]{1,3}\b", number_of)

    def names(self, place):
        kind, _, which = place.partition(" ")
        if kind == "row" and which.isdigit():
            return any(first <= int(which) <= last for first, last in self.rows)
        if kind == "column" and re.fullmatch("[A-Z]{1,3}", which):
            return any(first <= number_of(which) <= last for first, last in self.columns)
        words = re.escape(" ".join(place.casefold().split()))
        return re.search(rf"(?<!\w){words}s?(?!\w)" if place[-1:].isalnum() and place[:1].isalnum() else words, self.text) is not None
