"""The same work by other means: a watch folder for BOXNOX's flat CSV as a good Python programmer would write it.

watchdog tells of new files; each is hashed, checked for being a duplicate, read with csv, its rows checked and converted to EUR,
and stored by sqlite3 in one transaction; then the report is written beside, synced and renamed into the outbox, and the file goes
to the archive. What Sellout does beyond that (a process of its own per file, comparison with earlier months, audit, recovery) is
not asked of it.
"""

import csv
import hashlib
import json
import os
import queue
import re
import sqlite3
import sys
from collections import Counter
from datetime import date, datetime, timezone
from pathlib import Path
from uuid import uuid4

from watchdog.events import FileSystemEventHandler
from watchdog.observers import Observer

SCHEMA = """
CREATE TABLE IF NOT EXISTS products (ean TEXT PRIMARY KEY, functional_name TEXT NOT NULL, description TEXT);
CREATE TABLE IF NOT EXISTS stores (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, type TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS upload_batches (id TEXT PRIMARY KEY, filename TEXT NOT NULL, sha256 TEXT NOT NULL, state TEXT NOT NULL,
    received_at TEXT NOT NULL, rows_processed INTEGER NOT NULL, rows_failed INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS batches_by_content ON upload_batches (sha256);
CREATE TABLE IF NOT EXISTS final_sales (batch_id TEXT NOT NULL, row_number INTEGER NOT NULL, ean TEXT NOT NULL, store INTEGER NOT NULL,
    sale_date TEXT NOT NULL, quantity INTEGER NOT NULL, sales_local INTEGER NOT NULL, sales_eur INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS error_reports (batch_id TEXT NOT NULL, row_number INTEGER NOT NULL, error_type TEXT NOT NULL,
    field_name TEXT, field_value TEXT, error_message TEXT NOT NULL);
"""
HEADERS = {"ean": "Product EAN", "quantity": "Sold Qty", "amount": "Sales Amount (EUR)", "store": "POS", "month": "Month", "year": "Year"}
AMOUNT = re.compile(r"(-?)(\d+)(?:,(\d{1,4}))?")
# EUR for one unit of the reseller's currency, in millionths.
RATE = 1_000_000


class RowFault(Exception):
    def __init__(self, kind, field, value, message):
        super().__init__(message)
        self.kind, self.field, self.value = kind, field, value


def units(text):
    """An amount with decimal comma in 1/10 000."""
    match = AMOUNT.fullmatch(text)
    if not match:
        raise RowFault("INVALID_PRICE", "amount", text, "The amount is not a number.")
    sign, whole, fraction = match.groups()
    value = int(whole) * 10_000 + int((fraction or "").ljust(4, "0"))
    return -value if sign else value


def euros(local):
    """Rounded half away from zero to the cent."""
    cents = (abs(local) * RATE + 50_000_000) // 100_000_000
    return (-cents if local < 0 else cents) * 100


def decimal(value):
    return f"{'-' if value < 0 else ''}{abs(value) // 10_000}.{abs(value) % 10_000 // 100:02d}"


class Shop:
    def __init__(self, root):
        self.outbox, self.archive = root / "outbox", root / "archive"
        self.db = sqlite3.connect(root / "ledger.db", isolation_level=None)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=FULL")
        self.db.executescript(SCHEMA)
        self.products = {ean for (ean,) in self.db.execute("SELECT ean FROM products")}
        self.stores = dict(self.db.execute("SELECT name, id FROM stores"))
        self.days = {}

    def load_products(self, path):
        with open(path, newline="", encoding="utf-8") as file:
            rows = [(r["ean"], r["functional_name"], r["description"]) for r in csv.DictReader(file)]
        self.db.executemany("INSERT OR REPLACE INTO products VALUES (?, ?, ?)", rows)
        self.products = {row[0] for row in rows}

    def take(self, path):
        batch, received = str(uuid4()), datetime.now(timezone.utc).isoformat()
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        report = {"report_version": 1, "batch_id": batch, "filename": path.name, "file_size_bytes": len(content), "file_sha256": digest,
                  "received_at": received}
        self.db.execute("BEGIN IMMEDIATE")
        try:
            first = self.db.execute("SELECT id, state FROM upload_batches WHERE sha256 = ?", (digest,)).fetchone()
            if first:
                report |= {"status": "failed", "errors": [{"error_type": "DUPLICATE_FILE", "error_message": f"The same as {first[0]}."}]}
                processed, failed = 0, 0
            else:
                processed, failed = self.read(batch, content, report)
            self.db.execute("INSERT INTO upload_batches VALUES (?, ?, ?, ?, ?, ?, ?)",
                            (batch, path.name, digest, report["status"], received, processed, failed))
            self.db.execute("COMMIT")
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        report["processing_completed_at"] = datetime.now(timezone.utc).isoformat()
        self.publish(f"{path.name}.{batch[:8]}.json", report)
        # Linked and unlinked, not renamed: after a move out of the folder watchdog holds back all events for half a second.
        os.link(path, self.archive / f"{batch}-{path.name}")
        os.unlink(path)

    def read(self, batch, content, report):
        lines = csv.reader(content.decode("utf-8-sig").splitlines(keepends=True), delimiter=";")
        header = [" ".join(name.split()) for name in next(lines)]
        places = [header.index(name) for name in HEADERS.values()]
        sales, errors = [], []
        quantities = local_sum = euro_sum = 0
        for number, row in enumerate(lines, start=2):
            try:
                ean, quantity, amount, store, month, year = [row[place].strip() for place in places]
                sale = self.sale(ean, quantity, amount, store, month, year)
            except RowFault as fault:
                errors.append((batch, number, fault.kind, fault.field, fault.value, str(fault)))
                continue
            except IndexError:
                errors.append((batch, number, "MISSING_REQUIRED_FIELD", None, None, "The row is too short."))
                continue
            sales.append((batch, number, *sale))
            quantities += sale[3]
            local_sum += sale[4]
            euro_sum += sale[5]
        self.db.executemany("INSERT INTO final_sales VALUES (?, ?, ?, ?, ?, ?, ?, ?)", sales)
        self.db.executemany("INSERT INTO error_reports VALUES (?, ?, ?, ?, ?, ?)", errors)
        report |= {
            "status": "completed" if not errors else "partial_success", "rows_total": len(sales) + len(errors),
            "rows_processed": len(sales), "rows_failed": len(errors),
            "totals": {"quantity": quantities, "sales_local": decimal(local_sum), "currency": "EUR", "sales_eur": decimal(euro_sum)},
            "error_counts": Counter(error[2] for error in errors),
            "errors": [dict(zip(("row_number", "error_type", "field_name", "field_value", "error_message"), e[1:])) for e in errors[:1000]],
        }
        return len(sales), len(errors)

    def sale(self, ean, quantity, amount, store, month, year):
        if not (len(ean) == 13 and ean.isdigit()):
            raise RowFault("INVALID_EAN", "ean", ean, "An EAN has 13 digits.")
        if ean not in self.products:
            raise RowFault("PRODUCT_NOT_MAPPED", "ean", ean, "This product is not known.")
        if not store:
            raise RowFault("MISSING_REQUIRED_FIELD", "store", store, "The store is missing.")
        try:
            pieces = int(quantity)
        except ValueError:
            raise RowFault("INVALID_QUANTITY", "quantity", quantity, "The quantity is not a whole number.") from None
        day = self.days.get((year, month))
        if day is None:
            try:
                day = self.days[year, month] = date(int(year), int(month), 1).isoformat()
            except ValueError:
                raise RowFault("INVALID_DATE_FORMAT", "month", f"{year}-{month}", "This is no month.") from None
        local = units(amount)
        place = self.stores.get(store)
        if place is None:
            kind = "online" if any(word in store.lower() for word in ("online", "web", "e-shop")) else "physical"
            place = self.stores[store] = self.db.execute("INSERT INTO stores (name, type) VALUES (?, ?)", (store, kind)).lastrowid
        return ean, place, day, pieces, local, euros(local)

    def publish(self, name, report):
        temporary = self.outbox / f".{name}.tmp"
        with open(temporary, "w", encoding="utf-8") as file:
            json.dump(report, file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())
        os.rename(temporary, self.outbox / name)
        folder = os.open(self.outbox, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(folder)
        os.close(folder)


class Arrivals(FileSystemEventHandler):
    """Files that were renamed in from elsewhere, or closed after writing."""

    def __init__(self, waiting):
        self.waiting = waiting

    def on_created(self, event):
        # A file renamed in from an unwatched folder is complete; one being written is told of by on_closed.
        if not event.is_directory and os.stat(event.src_path).st_size > 0:
            self.waiting.put(Path(event.src_path))

    def on_closed(self, event):
        self.waiting.put(Path(event.src_path))

    def on_moved(self, event):
        self.waiting.put(Path(event.dest_path))


def main(root, products):
    for name in ("inbox", "outbox", "archive"):
        (root / name).mkdir(parents=True, exist_ok=True)
    shop = Shop(root)
    shop.load_products(products)
    waiting = queue.SimpleQueue()
    observer = Observer()
    observer.schedule(Arrivals(waiting), str(root / "inbox"))
    observer.start()
    for path in sorted((root / "inbox").iterdir()):
        waiting.put(path)
    print("ready", flush=True)
    while True:
        path = waiting.get()
        if path.exists():
            shop.take(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
