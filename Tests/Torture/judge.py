"""Compares what was dropped with ledger, outboxes, spool and archive, by the operators' command alone."""
import csv
import datetime
import glob
import hashlib
import io
import json
import os
from collections import Counter, defaultdict

from drops import LIVING, MAPPED, REPLACING, RESELLERS

DONE = ("completed", "partial_success")


class Judge:
    def __init__(self, root, drops, ctl, operators=None):
        """Without `operators` nobody has undone or mapped anything."""
        self.root, self.drops, self.ctl = root, drops, ctl
        self.undone = operators.undone if operators else set()
        self.meaning = operators.meaning if operators else {}
        self.lost, self.doubled, self.wrong = [], [], []

    def judge(self):
        batches = json.loads(self.ctl("batches", "--json", "--limit", "1000000"))
        sales = defaultdict(Counter)
        for line in csv.DictReader(io.StringIO(self.ctl("sales", "--csv"))):
            whole, _, cents = line["sales_local"].partition(".")
            value = int(whole + cents.ljust(2, "0"))
            sales[line["batch_id"]][line["store"], line["product_ean"], int(line["quantity"]), value] += 1
        self.files(batches)
        self.uploads(batches)
        self.contents(batches, sales)
        self.resellers(batches, sales)
        self.answers(batches)
        self.folders(batches)
        return not (self.lost or self.doubled or self.wrong)

    def files(self, batches):
        """Every drop is one batch."""
        seen = Counter((batch["reseller"], batch["filename"]) for batch in batches)
        for drop in self.drops.names:
            if seen[drop] == 0:
                self.lost.append(f"{drop}: no batch")
            elif seen[drop] > 1:
                self.doubled.append(f"{drop}: {seen[drop]} batches")
        for drop in self.drops.unanswered:
            if seen[drop] > 1:
                self.doubled.append(f"{drop}: {seen[drop]} batches")
        for batch in batches:
            if (batch["reseller"], batch["filename"]) not in {**self.drops.names, **self.drops.unanswered}:
                self.wrong.append(f"nobody dropped {batch['filename']}")
            elif batch["status"] == "cancelled" and batch["batch_id"] in self.undone:
                continue
            elif batch["status"] not in DONE + ("failed",):
                self.wrong.append(f"{batch['filename']} is {batch['status']}: {batch['message']}")

    def uploads(self, batches):
        """Each bears the id that it was handed over with, and came when it was handed over."""
        known = {batch["batch_id"]: batch for batch in batches}
        for batch_id, (reseller, name) in self.drops.receipts.items():
            batch = known.get(batch_id)
            if batch is None or (batch["reseller"], batch["filename"]) != (reseller, name):
                self.lost.append(f"the upload {name} has the receipt {batch_id}, and is not that batch")
        for batch_id, (reseller, name, received) in self.drops.uploads.items():
            batch = known.get(batch_id)
            if batch is None or (batch["reseller"], batch["filename"]) != (reseller, name):
                self.lost.append(f"the upload {name} is not the batch {batch_id}")
                continue
            came = datetime.datetime.fromisoformat(batch["received_at"].replace("Z", "+00:00")).timestamp()
            if abs(came * 1000 - received) > 1:
                self.wrong.append(f"the upload {name} came at {batch['received_at']}, not at {received}")

    def contents(self, batches, sales):
        """Of equal files exactly one is taken; a file's sales are what stands in it, to the cent."""
        by_content = defaultdict(list)
        for batch in batches:
            by_content[batch["reseller"], batch["file_sha256"]].append(batch)
        for key, content in self.drops.contents.items():
            taken = [batch for batch in by_content[key] if batch["status"] in DONE]
            refused = [batch for batch in by_content[key] if batch["status"] == "failed"]
            if not taken and not any(batch["batch_id"] in self.undone for batch in by_content[key]):
                self.lost.append(f"{key}: of {len(by_content[key])} files none was taken: {[b['message'] for b in refused]}")
            if len(taken) > 1 and key[0] != REPLACING:
                self.doubled.append(f"{key}: {len(taken)} equal files were taken")
            for batch in refused:
                if "same content" not in batch["message"]:
                    self.wrong.append(f"{batch['filename']} was refused: {batch['message']}")
            if key[0] in LIVING or key[0] == REPLACING:
                continue
            for batch in taken:
                self.compare(batch["filename"], self.as_meant(key[0], content.sales), sales[batch["batch_id"]])
                if batch["rows_failed"] != content.broken:
                    self.wrong.append(f"{batch['filename']}: {batch['rows_failed']} rows failed, not {content.broken}")

    def resellers(self, batches, sales):
        owner = {batch["batch_id"]: batch["reseller"] for batch in batches}
        for reseller in RESELLERS:
            held = sum((bag for batch, bag in sales.items() if owner.get(batch) == reseller), Counter())
            taken = {batch["file_sha256"] for batch in batches if batch["reseller"] == reseller and batch["status"] in DONE}
            self.compare(reseller, self.as_meant(reseller, self.drops.expected(reseller, taken)), held)

    def as_meant(self, reseller, sales):
        """With the products that operators have mapped the written ones to."""
        if reseller != MAPPED:
            return sales
        meant = Counter()
        for (store, product, quantity, cents), count in sales.items():
            meant[store, self.meaning.get(product, product), quantity, cents] += count
        return meant

    def compare(self, whose, expected, held):
        missing, surplus = expected - held, held - expected
        cents = [sum(sale[3] * count for sale, count in bag.items()) for bag in (expected, held)]
        if missing:
            self.lost.append(f"{whose}: {sum(missing.values())} sales are missing; {cents[1]} cents instead of {cents[0]}")
        if surplus:
            self.doubled.append(f"{whose}: {sum(surplus.values())} sales too many; {cents[1]} cents instead of {cents[0]}")

    def answers(self, batches):
        """One report for each drop, whole, and saying what the ledger says."""
        found, pages = {}, Counter()
        for path in self.reports():
            if not path.endswith(".json"):
                if ".sellout-draft" in path:
                    self.wrong.append(f"a draft was left: {path}")
                elif path.endswith(".html"):
                    self.page(path, pages)
                continue
            report = self.read(path)
            if report is None:
                continue
            if report["batch_id"] in found:
                self.doubled.append(f"two reports on {report['filename']}")
            found[report["batch_id"]] = report
        for batch in batches:
            report = found.pop(batch["batch_id"], None)
            if report is None:
                self.lost.append(f"no report on {batch['filename']}")
            elif any(report[key] != batch[key] for key in ("status", "filename", "reseller", "rows_processed", "rows_failed")):
                self.wrong.append(f"the report on {batch['filename']} says {report['status']}, the ledger {batch['status']}")
            if pages[batch["batch_id"][:8]] != 1:
                self.lost.append(f"{pages[batch['batch_id'][:8]]} pages on {batch['filename']}")
        for report in found.values():
            self.wrong.append(f"a report on a batch that the ledger does not know: {report['filename']}")

    def page(self, path, pages):
        """The page that people read beside the report: whole, and on that batch."""
        short = path[:-len(".html")].rpartition(".")[2]
        with open(path, encoding="utf-8") as file:
            text = file.read()
        if not text.endswith("</html>\n") or short not in text:
            self.wrong.append(f"a page that is not whole: {path}")
        pages[short] += 1

    def reports(self):
        return glob.glob(os.path.join(self.root, "*", "outbox", "*")) + glob.glob(os.path.join(self.root, "*", "outbox", ".*"))

    def read(self, path):
        """The report, None where it is not whole."""
        try:
            with open(path) as file:
                return json.load(file)
        except ValueError:
            self.lost.append(f"not a whole report: {path}")

    def folders(self, batches):
        """Inboxes and spool are empty, and each original lies in the archive as it was sent."""
        for path in glob.glob(os.path.join(self.root, "*", "inbox", "**"), recursive=True):
            if os.path.isfile(path):
                self.lost.append(f"still in the inbox: {path}")
        for left in os.listdir(os.path.join(self.root, ".spool")):
            self.wrong.append(f"still in the spool: {left}")
        for left in os.listdir(os.path.join(self.root, ".uploads", "handed")):
            self.lost.append(f"still among the uploads: {left}")
        archived = self.originals()
        for batch in batches:
            path = archived.pop(batch["batch_id"], None)
            if path is None:
                self.lost.append(f"{batch['filename']} is not in the archive")
                continue
            drop = (batch["reseller"], batch["filename"])
            if digest(path) != self.drops.names.get(drop, self.drops.unanswered.get(drop)):
                self.wrong.append(f"the archive holds something else as {batch['filename']}")
        for path in archived.values():
            self.wrong.append(f"no batch knows {path}")

    def originals(self):
        """The archive's files by their batches."""
        paths = glob.glob(os.path.join(self.root, ".archive", "*", "*", "*", "*.csv"))
        return {os.path.basename(os.path.dirname(path)): path for path in paths}


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()
