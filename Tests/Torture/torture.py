#!/usr/bin/env python3
"""Files keep arriving from eight resellers while the daemon is killed at random instants. In the end the ledger must hold what
was dropped, to the cent. Shares no code with what it judges; Python's standard library is all it needs.

    torture.py [--kills 25] [--seed N] PROGRAMS-FOLDER
"""
import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from drops import PRODUCTS, RESELLERS, Drops, profile
from judge import Judge


class Torture:
    def __init__(self, programs, folder, chance):
        self.programs, self.folder, self.chance = os.path.abspath(programs), folder, chance
        self.root, self.profiles = os.path.join(folder, "root"), os.path.join(folder, "profiles")
        self.drops = Drops(self.root, random.Random(chance.random()))
        self.daemon = None
        self.over = threading.Event()
        self.journal = open(os.path.join(folder, "journal"), "wb")

    def lay(self):
        os.makedirs(self.profiles)
        for reseller in RESELLERS:
            os.makedirs(os.path.join(self.root, reseller, "inbox", "replace"))
            os.makedirs(os.path.join(self.root, reseller, "outbox"))
            with open(os.path.join(self.profiles, reseller + ".json5"), "w") as file:
                file.write(profile(reseller))
        products = os.path.join(self.folder, "products.csv")
        with open(products, "w") as file:
            file.write("ean,functional_name,description\n" + "".join(f"{ean},P{n},Product {n}\n" for n, ean in enumerate(PRODUCTS)))
        self.ctl("import", "products", products)

    def ctl(self, *arguments):
        command = [os.path.join(self.programs, "selloutctl"), "--root", self.root, "--profiles", self.profiles, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def start(self):
        self.daemon = subprocess.Popen(
            [os.path.join(self.programs, "selloutd"), "--root", self.root, "--profiles", self.profiles, "--settle", "0.2", "--listen", "off"],
            stdin=subprocess.DEVNULL, stdout=self.journal, stderr=self.journal, env={**os.environ, "SWIFT_BACKTRACE": "enable=no"})

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
            if self.daemon.poll() is not None:
                sys.exit(f"the daemon ended by itself with {self.daemon.returncode}:\n{self.tail()}")
            self.daemon.kill()
            self.daemon.wait()
            if (number + 1) % 50 == 0:
                print(f"  {number + 1} kills, {len(self.drops.names)} files dropped", flush=True)

    def rest(self, limit=300):
        self.start()
        deadline = time.monotonic() + limit
        while time.monotonic() < deadline and self.daemon.poll() is None:
            waits = any(name.endswith(".csv") for reseller in RESELLERS for _, _, names in os.walk(os.path.join(self.root, reseller, "inbox"))
                        for name in names)
            if not waits and not os.listdir(os.path.join(self.root, ".spool")):
                break
            time.sleep(0.2)
        if self.daemon.poll() is None:
            self.daemon.send_signal(signal.SIGTERM)
        if self.daemon.wait(60) != 0:
            sys.exit(f"the daemon ended with {self.daemon.returncode}:\n{self.tail()}")

    def tail(self):
        self.journal.flush()
        with open(self.journal.name, errors="replace") as file:
            return "".join(file.readlines()[-40:])

    def run(self, kills, pause):
        self.lay()
        dropper = threading.Thread(target=self.keep_dropping, args=(pause,))
        dropper.start()
        try:
            self.kill(kills)
        finally:
            self.over.set()
            dropper.join()
            self.drops.finish()
        self.rest()
        judge = Judge(self.root, self.drops, self.ctl)
        fine = judge.judge()
        for kind in ("lost", "doubled", "wrong"):
            for line in getattr(judge, kind)[:20]:
                print(f"{kind}: {line}")
        print(f"{len(self.drops.names)} files, {kills} kills, {len(judge.lost)} lost, {len(judge.doubled)} doubled")
        return fine

    def end(self):
        if self.daemon and self.daemon.poll() is None:
            self.daemon.kill()
            self.daemon.wait()
        self.journal.close()


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
        if fine:
            shutil.rmtree(folder)
        else:
            print(f"everything is kept in {folder}")
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
