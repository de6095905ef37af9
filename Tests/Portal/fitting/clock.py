"""Lets time go by for what is kept in the ledger: nothing from outside can wait for an hour, or for seven days.

Whatever table it is in: each moment near now in rows that came since is moved into the past.
"""
import datetime
import time

from asking import Unanswerable

UNITS = {"seconds": 1, "milliseconds": 1_000, "microseconds": 1_000_000}
# Nothing that is kept for a while ends later than this from now.
LONGEST = 30 * 86_400


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def tables(ledger):
    """Each table with its own columns; those that SQLite reckons are left out."""
    kept = [row[0] for row in ledger.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    for table in kept:
        if "audit" not in table:
            yield table, [row[1] for row in ledger.execute(f"PRAGMA table_info({quoted(table)})")]


def rows(ledger, table, columns):
    return set(ledger.execute(f"SELECT {', '.join(map(quoted, columns))} FROM {quoted(table)}"))


def snapshot(world):
    with world.ledger() as ledger:
        return {table: rows(ledger, table, columns) for table, columns in tables(ledger)}


def earlier(value, seconds):
    """The same moment earlier, in its own notation; nothing where a value is no moment near now."""
    now = time.time()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        for unit in UNITS.values():
            if now - 600 <= value / unit <= now + LONGEST:
                return value - seconds * unit
    if isinstance(value, str) and value[:2] == "20" and len(value) >= 19:
        try:
            moment = datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
        except ValueError:
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)
        if now - 600 <= moment.timestamp() <= now + LONGEST:
            written = (moment - datetime.timedelta(seconds=seconds)).isoformat(sep=value[10])
            return written.replace("+00:00", "Z") if value.endswith("Z") else written
    return None


def later(world, before, seconds):
    """As if so many seconds had gone by since the snapshot."""
    moved = 0
    with world.ledger() as ledger:
        for table, columns in tables(ledger):
            for row in rows(ledger, table, columns) - before.get(table, set()):
                changes = {column: earlier(value, seconds) for column, value in zip(columns, row) if earlier(value, seconds) is not None}
                if changes:
                    sets, same = ", ".join(f"{quoted(column)} = ?" for column in changes), " AND ".join(f"{quoted(column)} IS ?" for column in columns)
                    ledger.execute(f"UPDATE {quoted(table)} SET {sets} WHERE {same}", (*changes.values(), *row))
                    moved += len(changes)
    if not moved:
        raise Unanswerable("nothing in the ledger has a moment that could be moved: a token that knows its own end must be kept there all the same")
