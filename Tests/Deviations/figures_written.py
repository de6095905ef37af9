"""Figures as resellers write them: read from a cell, and written again in the way the cell had them."""
import re
from decimal import ROUND_HALF_UP, Decimal

from sheets import Formula

CENT = Decimal("0.01")


def cents(number):
    return Decimal(number).quantize(CENT, rounding=ROUND_HALF_UP)


def number(value, decimal):
    """What a cell says, None where it says no figure."""
    if isinstance(value, Formula):
        value = value.value
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return Decimal(repr(value))
    digits = "".join(sign for sign in str(value) if sign.isdigit() or sign in "-\u2212(" + decimal).replace(decimal, ".")
    if not any(sign.isdigit() for sign in digits):
        return None
    return Decimal(digits.replace("(", "-").replace("\u2212", "-"))


def write(cell, amount, decimal):
    """Puts a figure into a cell: a number where it held one, otherwise text with its sign, blanks and decimals."""
    amount = Decimal(amount)
    if isinstance(cell.value, Formula):
        cell.value = Formula(cell.value.text, int(amount) if amount == amount.to_integral_value() else float(amount))
        return
    if not isinstance(cell.value, str):
        cell.value = int(amount) if amount == amount.to_integral_value() else float(amount)
        return
    text = cell.value
    before = re.match(r"^[^\d\-\u2212(]*", text).group()
    last = text.rsplit(decimal, 1)[1] if decimal in text else ""
    places = max(len(re.sub(r"\D", "", last)), 0 if amount == amount.to_integral_value() else 2)
    digits = f"{abs(amount):.{places}f}".replace(".", decimal)
    if amount < 0:
        cell.value = f"({digits})" if before.strip() or "(" in text else f"{before}-{digits}"
    else:
        cell.value = before + digits
