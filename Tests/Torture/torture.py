#!/usr/bin/env python3
"""Files keep arriving from eight resellers, over folders and over HTTP, and operators undo, map and rebook, while the daemon and the HTTP side
are killed at random instants. In the end the ledger must hold what was dropped, to the cent. Shares no code with what it judges; Python's standard library is all it needs.

    torture.py [--kills 25] [--seed N] PROGRAMS-FOLDER
"""
import argparse
import os
import random
import shutil
import sys
import tempfile
import threading
import time

from drops import Drops, products_file
from judge import Judge
from operators import Operators
from playground import Playground
from web import Web


class Torture(Playground):
    def __init__(self, programs, folder, chance):
        super().__init__(programs, folder)
        self.chance = chance
        self.drops = Drops(self.root, random.Random(chance.random()))
        self.operators = Operators(self.command, chance)
        self.web = Web(self.programs, self.root, self.profiles, self.ctl, self.journal)
        self.over = threading.Event()

    def lay(self):
        super().lay()
        products = os.path.join(self.folder, "products.csv")
        with open(products, "w") as file:
            file.write(products_file())
        self.ctl("import", "products", products)
        self.web.lay()
        self.drops.web = self.web

    def keep_dropping(self, pause):
        while not self.over.is_set():
            self.drops.drop()
            self.over.wait(self.drops.chance.expovariate(1 / pause))

    def kill(self, count):
        """Half of the deaths come soon after the start, in the midst of recovery; the others at any time."""
        for number in range(count):
            self.start()
            soon = self.chance.random() < 0.5
            time.sleep(self.chance.uniform(0, 0.4) if soon else self.chance.uniform(0.4, 2.5))
            if not self.runs():
                sys.exit(f"the daemon ended by itself with {self.daemon.returncode}:\n{self.tail()}")
            self.daemon.kill()
            self.daemon.wait()
            if (number + 1) % 50 == 0:
                print(f"  {number + 1} kills, {len(self.drops.names)} files dropped", flush=True)

    def run(self, kills, pause):
        self.lay()
        dropper = threading.Thread(target=self.keep_dropping, args=(pause,))
        operators = threading.Thread(target=self.operators.work, args=(self.over, 10 * pause))
        web = threading.Thread(target=self.web.work, args=(self.over, random.Random(self.chance.random())))
        for thread in (dropper, operators, web):
            thread.start()
        try:
            self.kill(kills)
        finally:
            self.over.set()
            # First: an upload that waits for an answer would wait for ever.
            web.join()
            self.drops.web = None
            dropper.join()
            operators.join()
            self.drops.finish()
        self.start()
        self.rest()
        self.operators.finish()
        self.rest()
        self.stop()
        judge = Judge(self.root, self.drops, self.ctl, self.operators)
        fine = judge.judge()
        for kind in ("lost", "doubled", "wrong"):
            for line in getattr(judge, kind)[:20]:
                print(f"{kind}: {line}")
        print(f"{len(self.drops.names)} files, {kills} kills and {self.web.kills} of the HTTP side, {len(self.operators.undone)} undone, {self.operators.rebooked} rebooked, "
              f"{len(judge.lost)} lost, {len(judge.doubled)} doubled")
        return fine


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("programs")
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--pause", type=float, default=0.1, help="mean seconds between two drops")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    folder = tempfile.mkdtemp(prefix="torture-")
    torture = Torture(given.programs, folder, random.Random(given.seed))
    fine = False
    try:
        fine = torture.run(given.kills, given.pause)
    finally:
        torture.end()
        torture.web.end()
        if fine:
            shutil.rmtree(folder)
        else:
            print(f"everything is kept in {folder}")
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
