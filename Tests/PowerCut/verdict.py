"""What a daemon makes of what a power cut left, compared with what was dropped and with what was told before."""
import glob
import hashlib
import json
import os
import subprocess
import time

from drops import REPLACING, Content, Drops, columns
from judge import Judge, digest
from load import CODES, LATECOMER, MAPPER, MAPPINGS, products_file
from playground import Playground

FIGURES = ("filename", "reseller", "file_sha256", "status", "period", "rows_total", "rows_processed", "rows_failed", "rows_unchanged",
           "rows_restated", "totals")


class Survivor(Content):
    """A file's sales, read back from its bytes."""

    def __init__(self, content):
        rows, broken = [], 0
        for line in content.decode().splitlines()[1:]:
            day, store, product, quantity, amount = line.split(",")
            if not quantity.lstrip("-").isdigit():
                broken += 1
                continue
            cents = int(amount.replace(".", ""))
            rows.append((day, store, CODES.get(product, product), int(quantity), cents))
        super().__init__("", rows, broken)
        self.bytes, self.sha256 = content, hashlib.sha256(content).hexdigest()


class Survivors(Drops):
    """The dropped files that are left, in the order in which they were made."""

    def __init__(self, witness, remains, without):
        super().__init__("", None)
        self.references = {}
        for number, original in sorted(witness.originals.items()):
            if number in remains.contents and number not in without:
                self.take(original, remains.contents[number])

    def take(self, original, content):
        sha256 = hashlib.sha256(content).hexdigest()
        if original.home == "reference":
            self.references[original.name] = sha256
            return
        self.names[original.home, original.name] = sha256
        lines = content.decode().splitlines()
        if len(lines) > 1 and lines[0] == ",".join(columns(original.home).values()):
            self.contents[original.home, sha256] = Survivor(content)
            if original.home == REPLACING:
                self.last_replacing = sha256


class AfterJudge(Judge):
    """Reference files are judged apart: no batch stands for them."""

    def judge(self):
        super().judge()
        archived = glob.glob(os.path.join(self.root, ".archive", "*", "*", "*", "*.csv"))
        for name, sha256 in self.drops.references.items():
            originals = [path for path in archived if os.path.basename(path) == name]
            answers = glob.glob(os.path.join(self.root, "reference", "outbox", name + ".*.json"))
            if [digest(path) for path in originals] != [sha256]:
                self.lost.append(f"the archive holds {len(originals)} of the reference file {name}")
            if len(answers) != 1 or self.read(answers[0]) is None:
                self.lost.append(f"{len(answers)} answers to the reference file {name}")
        return not (self.lost or self.doubled or self.wrong)

    def reports(self):
        return [path for path in super().reports() if os.path.relpath(path, self.root).split(os.sep)[0] != "reference"]

    def originals(self):
        return {batch: path for batch, path in super().originals().items() if os.path.basename(path) not in self.drops.references}


class Restart(Playground):
    """The power comes back: the daemon starts over what is left, and has it all done in the end."""

    patience = 20

    def __init__(self, programs, folder, profiles, witness, moment):
        super().__init__(programs, folder)
        self.profiles, self.witness, self.moment = profiles, witness, moment
        self.lost, self.doubled, self.wrong, self.untrue = [], [], [], []

    def judge(self, survivors):
        try:
            self.start()
            self.eventually(lambda: "watches" in self.said())
            self.rest(60)
            self.eventually(lambda: not self.broken_words())
            self.untrue += self.broken_words() + self.forgotten_references()
            self.finish(survivors)
            self.eventually(lambda: AfterJudge(self.root, survivors, self.ctl).judge())
            self.stop()
            judge = AfterJudge(self.root, survivors, self.ctl)
            judge.judge()
            for kind in ("lost", "doubled", "wrong"):
                getattr(self, kind).extend(getattr(judge, kind))
        except subprocess.CalledProcessError as failure:
            self.wrong.append(f"{failure.cmd[5:]}: {failure.stderr.strip()}")
        except SystemExit as failure:
            self.wrong.append(str(failure))
        finally:
            self.end()

    def eventually(self, condition):
        deadline = time.monotonic() + self.patience
        while not condition() and self.runs() and time.monotonic() < deadline:
            time.sleep(0.1)

    def batches(self):
        return {batch["batch_id"]: batch for batch in json.loads(self.ctl("batches", "--json", "--limit", "1000000"))}

    def broken_words(self):
        """What was told before the cut and does not hold now. A later report may hold instead: its step may have been durable."""
        broken, batches = [], self.batches()
        for batch_id, reports in self.witness.told.items():
            told = [report for moment, report in reports if moment <= self.moment]
            if not told:
                continue
            batch = batches.get(batch_id)
            if batch is None:
                broken.append(f"told that {told[-1]['filename']} is {told[-1]['status']} as {batch_id}, which the ledger does not know")
            elif not any(figures(batch) == figures(report) for _, report in reports[len(told) - 1:]):
                broken.append(f"told of {batch_id}: {figures(told[-1])}, the ledger says {figures(batch)}")
        for mark, name in [("mapped", "mapper 1.csv"), ("retried", "latecomer 1.csv")]:
            if self.witness.marks.get(mark, self.moment) < self.moment:
                held = [batch["status"] for batch in batches.values() if batch["filename"] == name]
                if held != ["completed"]:
                    broken.append(f"an operator was told that {name} is {mark}; now it is {held}")
        return broken

    def forgotten_references(self):
        """Takes them once more: where they had been answered there is nothing new in them."""
        forgotten = []
        for kind, content in [("products", products_file()), ("mappings", MAPPINGS)]:
            path = os.path.join(self.folder, kind + ".csv")
            with open(path, "w") as file:
                file.write(content)
            taken = json.loads(self.ctl("import", kind, path, "--json"))
            if self.witness.references.get(kind + ".csv", self.moment) < self.moment and taken["new"] + taken["changed"] > 0:
                forgotten.append(f"told that {kind}.csv is taken; now {taken['new']} are new and {taken['changed']} changed")
        return forgotten

    def finish(self, survivors):
        """What the operators had still to do."""
        self.ctl("map", MAPPER, "X-1", CODES["X-1"])
        for batch_id, batch in self.batches().items():
            if batch["reseller"] == LATECOMER and batch["status"] == "failed" and (LATECOMER, batch["filename"]) in survivors.names:
                self.ctl("retry", batch_id)


def figures(batch):
    return {key: batch[key] for key in FIGURES}
