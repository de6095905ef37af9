"""What operators do while the daemon is killed: they take files back, correct mappings, and have booked sales booked anew."""
import json
import random
import subprocess
import threading

from drops import MAPPED, PRODUCTS, UNDONE


class Operators:
    def __init__(self, command, chance):
        self.command, self.chance = command, random.Random(chance.random())
        self.meaning = {}  # product as written -> as mapped last, of MAPPED
        self.undone = set()  # batches
        self.rebooked = 0

    def work(self, over: threading.Event, pause):
        while not over.wait(self.chance.expovariate(1 / pause)):
            self.chance.choice([self.undo, self.map, self.rebook])()

    def ask(self, *words):
        """Nil where it was refused: the batch has gone on meanwhile, or the ledger was busy."""
        done = subprocess.run([*self.command, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        return done.stdout if done.returncode == 0 else None

    def undo(self):
        listed = self.ask("batches", "--reseller", UNDONE, "--json", "--limit", "50")
        batches = [batch for batch in json.loads(listed or "[]") if batch["status"] in ("completed", "partial_success")]
        if batches:
            batch = self.chance.choice(batches)["batch_id"]
            # Noted first: where the answer is lost, the step may have been taken all the same.
            self.undone.add(batch)
            self.ask("undo", batch, "--cascade", "--why", "torture")

    def map(self):
        written, meant = self.chance.choice(PRODUCTS[:5]), self.chance.choice(PRODUCTS[10:])
        if self.ask("map", MAPPED, written, meant) is not None:
            self.meaning[written] = meant

    def rebook(self):
        if self.ask("rebook", "--reseller", MAPPED, "--why", "torture") is not None:
            self.rebooked += 1

    def finish(self):
        """The last corrections reach the books."""
        if self.ask("rebook", "--reseller", MAPPED) is None:
            raise SystemExit("the last rebook was refused")
