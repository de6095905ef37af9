#!/usr/bin/env python3
"""What happens while the trace is taken: the daemon starts over an empty root, and resellers, operators and upload servers do
what they do. Most senders sync what they drop; the hasty ones do not.

    load.py PROGRAMS-FOLDER FOLDER SEED
"""
import glob
import json
import os
import random
import signal
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Torture"))
from drops import PRODUCTS, REPLACING, RESELLERS, Content, Drops, products_file, profile  # noqa: E402
from playground import Playground  # noqa: E402

HASTY = {"shop2", "shop3"}
ROUNDS = 3
MAPPER, LATECOMER = "mapper", "latecomer"
CODES = {"X-1": PRODUCTS[3], "X-2": PRODUCTS[4]}  # of the mapper: the first is mapped by hand, the second by a reference file
MAPPINGS = f"reseller,code,ean\n{MAPPER},X-2,{CODES['X-2']}\n"


def mapper_profile():
    made = json.loads(profile(MAPPER))
    columns = made["layouts"][0]["columns"]
    columns["code"] = columns.pop("ean")
    return json.dumps(made)


def lay(playground):
    playground.lay()
    playground.add(MAPPER, mapper_profile())
    playground.add(LATECOMER, profile(LATECOMER))
    for folder in ("inbox", "outbox"):
        os.makedirs(os.path.join(playground.root, "reference", folder))


class Senders(Drops):
    """Files are made ready under a working name, and then get their own all at once."""

    def __init__(self, root, chance):
        super().__init__(root, chance)
        self.ready = []

    def by_rename(self, inbox, name, content):
        working = os.path.join(inbox, name + ".part")
        with open(working, "wb") as file:
            file.write(content)
            self.sync(file, inbox)
        self.ready.append((inbox, name))

    def release(self):
        for inbox, name in self.ready:
            os.rename(os.path.join(inbox, name + ".part"), os.path.join(inbox, name))
        for inbox in {inbox for inbox, _ in self.ready}:
            self.sync_folder(inbox)
        self.ready = []

    def by_upload(self, sender, reseller, name, content):
        """Nobody is told of an upload before all of it is synced."""
        super().by_upload(sender, reseller, name, content)
        for folder in ("handed", "coming"):
            self.sync_path(os.path.join(self.root, ".uploads", folder))

    def sync_upload(self, crate, file):
        os.fsync(file.fileno())
        self.sync_path(crate)

    def sync_path(self, path):
        folder = os.open(path, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    def slowly(self, inbox, name, content, chance):
        """In pieces of whole lines, so that what a power cut leaves of them can be counted."""
        lines = content.splitlines(keepends=True)
        with open(os.path.join(inbox, name), "wb", buffering=0) as file:
            pieces = chance.randint(2, 5)
            for piece in range(pieces):
                file.write(b"".join(lines[len(lines) * piece // pieces:len(lines) * (piece + 1) // pieces]))
                time.sleep(chance.uniform(0, 0.3))
            self.sync(file, inbox)
        self.sync_folder(inbox)

    def is_hasty(self, inbox):
        return os.path.relpath(inbox, self.root).split(os.sep)[0] in HASTY

    def sync(self, file, inbox):
        file.flush()
        if not self.is_hasty(inbox):
            os.fsync(file.fileno())

    def sync_folder(self, inbox):
        if not self.is_hasty(inbox):
            self.sync_path(inbox)

    def burst(self, resellers):
        for reseller in resellers:
            self.drop(reseller)
        self.release()

    def send(self, home, name, content):
        self.by_rename(os.path.join(self.root, home, "inbox"), name, content)
        self.release()


class Load:
    def __init__(self, programs, folder, seed):
        self.playground = Playground(programs, folder)
        self.chance = random.Random(seed)
        self.senders = Senders(self.playground.root, random.Random(self.chance.random()))
        self.marks = os.open(os.path.join(folder, "marks"), os.O_WRONLY | os.O_CREAT, 0o600)

    def told(self, what):
        """From this moment on an operator may believe it."""
        os.write(self.marks, what.encode())

    def until(self, what, condition, limit=60):
        deadline = time.monotonic() + limit
        while not condition():
            if time.monotonic() > deadline or not self.playground.runs():
                sys.exit(f"waited in vain for {what}:\n{self.playground.tail()}")
            time.sleep(0.05)

    def answered(self, home, name, status=None):
        def look():
            for path in glob.glob(os.path.join(self.playground.root, home, "outbox", glob.escape(name) + ".*.json")):
                with open(path) as file:
                    return status is None or json.load(file)["status"] == status
            return False
        self.until(f"the report on {name}", look)

    def few(self, count):
        for _ in range(count):
            self.senders.burst([self.chance.choice(RESELLERS)])
            time.sleep(self.chance.uniform(0.02, 0.3))

    def rows(self, shop, product, count):
        return [(f"2025-04-{1 + number % 30:02d}", shop, product, 1, 100 + number) for number in range(count)]

    def run(self):
        senders, plain = self.senders, [reseller for reseller in RESELLERS if reseller != REPLACING]
        self.playground.start()
        self.until("the daemon", lambda: "watches" in self.playground.said())
        senders.send("reference", "products.csv", products_file().encode())
        self.answered("reference", "products.csv")
        senders.burst([self.chance.choice(plain) for _ in range(36)] + [REPLACING])
        senders.send(MAPPER, "mapper 1.csv", Content(MAPPER, self.rows("Mill", "X-1", 7)).bytes)
        senders.send(MAPPER, "mapper 2.csv", Content(MAPPER, self.rows("Mine", "X-2", 9)).bytes)
        senders.send("shop1", "nonsense.csv", b"dear all\nfind enclosed\n")
        self.rename_profile("", ".later")
        self.few(6)
        senders.send(LATECOMER, "latecomer 1.csv", Content(LATECOMER, self.rows("Late", PRODUCTS[0], 5)).bytes)
        senders.burst(["shop1"] * 34)
        self.answered(MAPPER, "mapper 1.csv")
        self.answered(MAPPER, "mapper 2.csv")
        self.playground.ctl("map", MAPPER, "X-1", CODES["X-1"])
        self.told("mapped")
        senders.send("reference", "mappings.csv", MAPPINGS.encode())
        self.answered(LATECOMER, "latecomer 1.csv", "failed")
        self.rename_profile(".later", "")
        senders.send("shop4", "shop4 long.csv", Content("shop4", self.rows("Long", PRODUCTS[5], 12_000)).bytes)
        self.few(4)
        late = [batch for batch in json.loads(self.playground.ctl("batches", "--json")) if batch["reseller"] == LATECOMER]
        self.playground.ctl("retry", late[0]["batch_id"])
        self.told("retried")
        for _ in range(ROUNDS):
            senders.burst([self.chance.choice(plain) for _ in range(31)] + [REPLACING])
            self.few(6)
        senders.finish()
        for name in ("mapper 1.csv", "mapper 2.csv"):
            self.answered(MAPPER, name, "completed")
        self.answered(LATECOMER, "latecomer 1.csv", "completed")
        self.playground.rest(60)
        self.playground.stop()

    def rename_profile(self, old, new):
        """Of the latecomer, whom the daemon does not know for a while."""
        path = os.path.join(self.playground.profiles, LATECOMER + ".json5")
        before = self.playground.said().count("profiles were read")
        os.rename(path + old, path + new)
        self.playground.daemon.send_signal(signal.SIGHUP)
        self.until("the profiles", lambda: self.playground.said().count("profiles were read") > before)


if __name__ == "__main__":
    load = Load(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    try:
        load.run()
    finally:
        load.playground.end()
