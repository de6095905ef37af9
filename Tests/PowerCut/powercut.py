#!/usr/bin/env python3
"""The power goes while the daemon works, and what was told is still true when it is back. The machine here stays on: a trace of
the daemon's system calls says what was synced when, a model of the disk says what a cut at any moment leaves, and a new daemon
starts over that. Shares no code with what it judges; needs strace, and of Python the standard library alone.

    powercut.py [--cuts 60] [--seed N] PROGRAMS-FOLDER
    powercut.py --recorded FOLDER --seed N [--only CUT] PROGRAMS-FOLDER    the same cuts of a trace that was kept
"""
import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest
from concurrent.futures import ThreadPoolExecutor

import load
from disk import Disk, Remains
from playground import Playground
from tracing import TRACER, Trace
from verdict import Restart, Survivors
from witness import Witness

BAD_CUTS = 5
KINDS = {"lost": "lost", "doubled": "doubled", "untrue": "told and not kept", "wrong": "wrong"}


class Recording:
    """A folder with the trace, and with the root as it was laid out before."""

    def __init__(self, folder):
        self.folder = folder
        self.root, self.profiles = os.path.join(folder, "root"), os.path.join(folder, "profiles")

    def take(self, programs, seed):
        playground = Playground(programs, self.folder)
        load.lay(playground)
        playground.end()
        shutil.copytree(self.root, self.path("laid"))
        command = [*TRACER, "--output", self.path("trace"), sys.executable, load.__file__, programs, self.folder, str(seed)]
        if subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL).returncode != 0:
            sys.exit("the load came to no good end")

    def path(self, name):
        return os.path.join(self.folder, name)

    def trace(self):
        return Trace(self.path("trace"), self.root, self.path("marks"))

    def disk(self):
        return Disk(self.root, self.path("laid"))


class PowerCut:
    def __init__(self, programs, recording, seed):
        self.programs, self.recording, self.seed = programs, recording, seed
        trace = recording.trace()
        self.interrupted = trace.interrupted
        # SQLite's index of its log is made anew at each start.
        self.happenings = [(step, begins) for step, begins in trace.happenings if not step.path.endswith("-shm")]
        self.witness = Witness(recording.disk())
        self.found = {kind: [] for kind in KINDS}
        self.done, self.bad = 0, 0

    def look(self):
        """What the trace alone tells."""
        self.witness.follow(self.happenings)
        self.compare()
        for kind in ("lost", "untrue", "wrong"):
            self.found[kind] += getattr(self.witness, kind)
        reports = sum(len(reports) for reports in self.witness.told.values())
        print(f"{len(self.happenings) // 2} calls, {self.witness.syncs} of them syncs; {len(self.witness.originals)} files dropped, "
              f"{reports} reports", flush=True)

    def compare(self):
        """The model must hold what the real disk holds in the end; otherwise it would judge wrongly."""
        model = {path: node.text if node.kind == "link" else node.content()
                 for node, path in self.witness.disk.now.places().items() if not node.is_folder}
        real = {}
        for folder, _, names in os.walk(self.recording.root):
            if os.path.basename(folder) == ".run":
                continue
            for path in [os.path.join(folder, name) for name in names if not name.endswith("-shm")]:
                if os.path.islink(path):
                    real[os.path.relpath(path, self.recording.root)] = os.fsencode(os.readlink(path))
                    continue
                with open(path, "rb") as file:
                    real[os.path.relpath(path, self.recording.root)] = file.read()
        if model != real:
            different = [path for path in model.keys() | real.keys() if model.get(path) != real.get(path)]
            different = [path for path in different if os.path.join(self.recording.root, path) not in self.interrupted]
            if different:
                sys.exit(f"the model of the disk does not hold what the disk holds: {sorted(different)[:20]}")

    def chosen(self, count):
        """Moments in the order of time, each with a way to lose power. Rare kinds of steps get more than their share."""
        chance = random.Random(self.seed)
        kinds = sorted(self.witness.moments.items())
        weights = [len(moments) ** 0.5 for _, moments in kinds]
        cuts = []
        for _ in range(count):
            label, moments = chance.choices(kinds, weights)[0]
            cuts.append((chance.choice(moments), chance.choice(["strict", "journal"]), chance.random(), label))
        return sorted(cuts)

    def cut(self, count, only):
        """Follows the trace once more, and stops at each of the moments."""
        disk, moment = self.recording.disk(), 0
        room = threading.Semaphore(4)
        with ThreadPoolExecutor(2) as pool:
            runs = []
            for number, (when, mode, luck, label) in enumerate(self.chosen(count)):
                while moment < when:
                    step, begins = self.happenings[moment]
                    if step.kind != "mark":
                        (disk.begin if begins else disk.end)(step)
                    moment += 1
                if only is None or number == only:
                    room.acquire()
                    remains = Remains(disk, mode, random.Random(luck))
                    runs.append(pool.submit(self.restart, number, when, mode, label, remains))
                    runs[-1].add_done_callback(lambda _: room.release())
            for run in runs:
                run.result()

    def restart(self, number, when, mode, label, remains):
        """A bad cut takes its time: after a handful of them there is nothing more to learn."""
        if self.bad >= BAD_CUTS:
            return
        self.done += 1
        folder = self.recording.path(f"cut-{number}")
        shutil.rmtree(folder, ignore_errors=True)
        os.mkdir(folder)
        without = set(self.witness.unfinished(remains))
        remains.lay(os.path.join(folder, "root"), without)
        restart = Restart(self.programs, folder, self.recording.profiles, self.witness, when)
        for key, since in self.witness.kept.items():
            original = self.witness.originals[key]
            if since <= when and remains.contents.get(key) != original.node.content():
                restart.lost.append(f"{original} was durable, and is not left whole")
        restart.judge(Survivors(self.witness, remains, without))
        where = f"cut {number} ({mode}, at {' '.join(label).strip()}, {self.happenings[min(when, len(self.happenings) - 1)][0]})"
        fine = True
        for kind in KINDS:
            for line in getattr(restart, kind):
                self.found[kind].append(f"{where}: {line}")
                fine = False
        if fine:
            shutil.rmtree(folder)
        self.bad += not fine

    def tell(self):
        for kind, meaning in KINDS.items():
            for line in self.found[kind][:20]:
                print(f"{meaning}: {line}")
        shown = [kind for kind in KINDS if kind != "wrong" or self.found["wrong"]]
        print(f"{self.done} cuts, " + ", ".join(f"{len(self.found[kind])} {KINDS[kind]}" for kind in shown), flush=True)
        return not any(self.found.values())


def reason_to_skip():
    """Why nothing can be traced here, None where it can."""
    try:
        tried = subprocess.run([*TRACER, "--output", "/dev/null", "true"], capture_output=True, text=True)
    except FileNotFoundError:
        return "strace is not installed"
    return None if tried.returncode == 0 else f"tracing is not permitted here: {tried.stderr.strip()}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("programs")
    parser.add_argument("--cuts", type=int, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--recorded", help="a folder that an earlier run has kept")
    parser.add_argument("--only", type=int, help="the number of one cut")
    given = parser.parse_args()
    reason = None if given.recorded else reason_to_skip()

    class PowerCutTest(unittest.TestCase):
        @unittest.skipIf(reason, reason)
        def test_what_was_told_is_still_true_when_the_power_is_back(self):
            self.assertTrue(holds(given), "a promise was broken")

    result = unittest.TextTestRunner(verbosity=2).run(PowerCutTest("test_what_was_told_is_still_true_when_the_power_is_back"))
    sys.exit(0 if result.wasSuccessful() else 1)


def holds(given):
    print(f"seed {given.seed}", flush=True)
    programs = os.path.abspath(given.programs)
    recording = Recording(os.path.realpath(given.recorded or tempfile.mkdtemp(prefix="powercut-")))
    fine = False
    try:
        if not given.recorded:
            recording.take(programs, given.seed)
        test = PowerCut(programs, recording, given.seed)
        test.look()
        test.cut(given.cuts, given.only)
        fine = test.tell()
    finally:
        if fine and not given.recorded:
            shutil.rmtree(recording.folder)
        else:
            print(f"everything is kept in {recording.folder}; the same again: "
                  f"powercut.py --recorded {recording.folder} --seed {given.seed} --cuts {given.cuts} {given.programs}")
    return fine


if __name__ == "__main__":
    main()
