"""What the torture drops: files of eight made-up resellers, and what the ledger must hold of them in the end."""
import datetime
import hashlib
import json
import os
import random
import threading
import time
import uuid
from collections import Counter

RESELLERS = [f"shop{number}" for number in range(1, 9)]
LIVING = {"shop6", "shop7"}  # each file holds the earlier ones' rows again
REPLACING = "shop8"  # each file takes the place of the one before it: the same month, grown
UNDONE = "shop4"  # of which operators take files back
MAPPED = "shop3"  # of which operators correct mappings, and have sales booked anew


def ean(number):
    digits = f"735015432{number:03d}"
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-weighted % 10)


PRODUCTS = [ean(number) for number in range(20)]


def products_file():
    return "ean,functional_name,description\n" + "".join(f"{ean},P{n},Product {n}\n" for n, ean in enumerate(PRODUCTS))


def columns(reseller):
    return {key: f"{reseller} {word}" for key, word in
            [("date", "day"), ("store", "shop"), ("ean", "barcode"), ("quantity", "pieces"), ("amount", "takings")]}


def profile(reseller):
    return json.dumps({
        "reseller": reseller, "vendor_name": reseller.title(), "currency": "GBP" if reseller == "shop5" else "EUR",
        "numbers": "point", "dates": "ymd", "approval": "partial", "living_document": reseller in LIVING,
        "signs": {"file_name": [reseller], "headers": list(columns(reseller).values())},
        "layouts": [{"kind": "table", "columns": columns(reseller)}]}, indent=2)


class Content:
    """The bytes of a file and the sales in it: a bag of (store, product, quantity, cents)."""

    def __init__(self, reseller, rows, broken=0):
        lines = [",".join(columns(reseller).values())]
        self.sales = Counter()
        for day, store, product, quantity, cents in rows:
            sign, whole = ("-" if cents < 0 else ""), abs(cents)
            lines.append(f"{day},{store},{product},{quantity},{sign}{whole // 100}.{whole % 100:02d}")
            self.sales[store, product, quantity, cents] += 1
        for number in range(broken):
            lines.insert(1 + number, f"2025-02-30,Nowhere,{PRODUCTS[0]},many,1.00")
        self.bytes = "\n".join(lines + [""]).encode()
        self.sha256 = hashlib.sha256(self.bytes).hexdigest()
        self.broken = broken


class Drops:
    """Makes files, drops them in the ways that uploaders do, and remembers all of it."""

    def __init__(self, root, chance):
        self.root, self.chance = root, chance
        self.contents = {}  # (reseller, sha256) -> Content
        self.names = {}  # (reseller, file name) -> sha256
        self.last_replacing = None
        self.living_rows = {reseller: [] for reseller in LIVING}
        self.replacing_rows = []
        self.writers = []
        self.uploads = {}  # batch id -> (reseller, file name, milliseconds)
        self.receipts = {}  # batch id -> (reseller, file name), as the HTTP side has said
        self.unanswered = {}  # (reseller, file name) -> sha256, of uploads that nobody said anything about: taken or not
        self.web = None

    def drop(self, reseller=None):
        reseller = reseller or self.chance.choice(RESELLERS)
        earlier = [content for (owner, _), content in self.contents.items() if owner == reseller]
        if earlier and reseller != REPLACING and self.chance.random() < 0.15:
            content = self.chance.choice(earlier)
        else:
            content = self.fresh(reseller)
        name = f"{reseller} {self.number}.csv"
        self.contents[reseller, content.sha256] = content
        if self.web and reseller != REPLACING and self.chance.random() < 0.2:
            self.unanswered[reseller, name] = content.sha256
            self.writers.append(threading.Thread(target=self.by_http, args=(self.web, reseller, name, content)))
            return self.writers[-1].start()
        self.names[reseller, name] = content.sha256
        inbox = os.path.join(self.root, reseller, "inbox", "replace" if reseller == REPLACING else "")
        if reseller == REPLACING:
            self.last_replacing = content.sha256
            self.by_rename(inbox, name, content.bytes)
        elif (way := self.chance.random()) < 0.3:
            # Sometimes the file itself has to tell whose it is.
            self.by_upload(reseller if self.chance.random() < 0.7 else "operations", reseller, name, content.bytes)
        elif way < 0.4:
            self.by_rename(os.path.join(self.root, "operations", "inbox"), name, content.bytes)
        elif self.chance.random() < 0.25:
            seed = self.chance.random()
            self.writers.append(threading.Thread(target=self.slowly, args=(inbox, name, content.bytes, random.Random(seed))))
            self.writers[-1].start()
        else:
            self.by_rename(inbox, name, content.bytes)

    def fresh(self, reseller):
        number = self.number
        day = datetime.date(2015, 1, 1) + datetime.timedelta(days=number % 3000)
        long = self.chance.random() < 0.02
        count = self.chance.randint(9_000, 20_000) if long else self.chance.randint(1, 60)
        rows = [(day, f"{reseller} shop {number}", self.chance.choice(PRODUCTS), self.chance.choice([1, 1, 1, 2, 3, -1]),
                 self.chance.randint(1, 99_999)) for _ in range(count)]
        rows = [(*row[:4], row[4] if row[3] > 0 else -row[4]) for row in rows]
        if reseller in LIVING:
            if len(self.living_rows[reseller]) > 3_000:
                self.living_rows[reseller] = []
            self.living_rows[reseller] += rows[:60]
            return Content(reseller, self.living_rows[reseller])
        if reseller == REPLACING:
            # What brings less than it takes away would wait for an operator.
            month = [(datetime.date(2019, 3, 1 + place % 28), f"{reseller} shop", product, abs(quantity), abs(cents))
                     for place, (_, _, product, quantity, cents) in enumerate(rows[:60])]
            self.replacing_rows = [(*row[:4], row[4] + self.chance.randint(0, 9)) for row in self.replacing_rows] + month
            return Content(reseller, self.replacing_rows)
        broken = self.chance.randint(1, 3) if self.chance.random() < 0.2 else 0
        return Content(reseller, rows, broken)

    def by_rename(self, inbox, name, content):
        working = os.path.join(inbox, name + ".part")
        with open(working, "wb") as file:
            file.write(content)
        os.rename(working, os.path.join(inbox, name))

    def by_upload(self, sender, reseller, name, content):
        """As the HTTP side hands an upload over: a folder with the file and two notes, made aside and renamed."""
        batch, received = str(uuid.uuid4()), time.time_ns() // 1_000_000
        crate = f"{batch}.append.{sender}"
        uploads = os.path.join(self.root, ".uploads")
        for folder in ("coming", "handed"):
            os.makedirs(os.path.join(uploads, folder), exist_ok=True)
        coming = os.path.join(uploads, "coming", crate)
        os.mkdir(coming)
        os.symlink(f"append {received} {sender}", os.path.join(coming, ".origin"))
        os.symlink("0b2f4a7e-95d1-4c5a-8f0e-3a1f6f3e7c11", os.path.join(coming, ".uploader"))
        with open(os.path.join(coming, name), "wb") as file:
            file.write(content)
            file.flush()
            self.sync_upload(coming, file)
        self.uploads[batch] = (reseller, name, received)
        os.rename(coming, os.path.join(uploads, "handed", crate))

    @property
    def number(self):
        """Rises with every drop."""
        return len(self.names) + len(self.unanswered)

    def by_http(self, web, reseller, name, content):
        """Sent again, under another name, until somebody says that it was taken."""
        for number in range(200):
            attempt = name.replace(".csv", f" again {number}.csv") if number else name
            self.unanswered[reseller, attempt] = content.sha256
            if batch := web.upload(attempt, content.bytes):
                self.names[reseller, attempt] = self.unanswered.pop((reseller, attempt))
                self.receipts[batch] = (reseller, attempt)
                return
        # Nothing answers any more: the file goes the other way.
        self.names[reseller, name + ".csv"] = content.sha256
        self.by_rename(os.path.join(self.root, reseller, "inbox"), name + ".csv", content.bytes)

    def sync_upload(self, crate, file):
        """A kill takes nothing that was written."""

    def slowly(self, inbox, name, content, chance):
        """Straight to the final name, with pauses longer than the settle time, the file open all the while."""
        with open(os.path.join(inbox, name), "wb", buffering=0) as file:
            pieces = chance.randint(2, 5)
            for piece in range(pieces):
                file.write(content[len(content) * piece // pieces:len(content) * (piece + 1) // pieces])
                time.sleep(chance.uniform(0, 0.5))

    def finish(self):
        for writer in self.writers:
            writer.join()

    def expected(self, reseller, taken):
        """The bag of a reseller's sales once everything has been taken; `taken` are the contents of which a file is in the books."""
        contents = [content for (owner, sha256), content in self.contents.items()
                    if owner == reseller and (reseller != UNDONE or sha256 in taken)]
        if reseller == REPLACING:
            return self.contents[reseller, self.last_replacing].sales if self.last_replacing else Counter()
        bag = Counter()
        for content in contents:
            # Of a growing document every sale counts once, however many files name it.
            bag = bag | content.sales if reseller in LIVING else bag + content.sales
        return bag
