"""`make bench`: measures Sellout beside the same work by other means, in turns within one run, and prints a table for the README.

Every timed file goes into an inbox by rename(2) and is over when its report has been renamed into the outbox. Large files meet
daemons and scripts started afresh over empty roots, so that each round has the same work to do.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import csv_scenarios
import machine
import workbook_scenarios
from figures import Table
from workers import Rival, Sellout

PROJECT = Path(__file__).resolve().parent.parent


class Bench:
    def __init__(self, programs, before, place, cache, rounds):
        self.place, self.cache, self.count = Path(place), Path(cache).resolve(), rounds
        self.programs = {"Sellout": Path(programs).resolve()} | ({"before": Path(before).resolve()} if before else {})
        self.profiles = {side: self.lay_profiles(side, programs) for side, programs in self.programs.items()}

    def lay_profiles(self, side, programs):
        """Each side's own, which lie beside its build folder. What is dropped is of any year, and a million rows are 60 MiB of workbook."""
        own = programs.parents[2] / "samples" / "resellers"
        folder = self.place / f"profiles of {side}"
        folder.mkdir()
        for profile in (own if own.is_dir() else PROJECT / "samples" / "resellers").glob("*.json5"):
            text = profile.read_text().replace("{", "{ largest_file_mib: 200,", 1).replace("first_year: 2020", 'dates: "ignore"')
            (folder / profile.name).write_text(text)
        return folder

    def sellouts(self):
        """The daemon, and the one before it where that is asked for; by turns the one or the other first."""
        self.programs = dict(reversed(self.programs.items()))
        return {side: Sellout(self.place, programs, self.profiles[side]) for side, programs in self.programs.items()}

    def all(self):
        return self.sellouts() | {"rival": Rival(self.place)}

    def rounds(self, what):
        for round in range(self.count):
            self.say(f"{what}: round {round + 1} of {self.count}")
            yield round

    @staticmethod
    def process(*command):
        began = time.perf_counter()
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
        seconds = time.perf_counter() - began
        if done.returncode != 0:
            raise SystemExit(f"{command[0]} failed: {done.stderr[-500:]}")
        return seconds, done.stdout

    @staticmethod
    def rest(seconds):
        time.sleep(seconds)

    @staticmethod
    def say(text):
        print(f"bench: {text}", file=sys.stderr, flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("programs", help="the folder of selloutd, selloutctl and selloutd-reader, built for release")
    options.add_argument("--before", help="such a folder of an earlier commit, to be measured in turns with the others")
    options.add_argument("--rounds", type=int, default=5, help="rounds of each comparison, default 5")
    options.add_argument("--cache", default=PROJECT / ".build" / "bench", help="where large workbooks are kept between runs")
    options.add_argument("--place", help="where roots are laid out, default the temporary folder")
    options.add_argument("--only", choices=["csv", "xlsx"], help="one half of the table")
    options = options.parse_args()
    table = Table(bool(options.before))
    with tempfile.TemporaryDirectory(prefix="sellout-bench-", dir=options.place) as place:
        os.chmod(place, 0o755)
        bench = Bench(options.programs, options.before, place, options.cache, options.rounds)
        if options.only != "xlsx":
            csv_scenarios.run(bench, table)
        if options.only != "csv":
            workbook_scenarios.run(bench, table)
        print(f"{table}\n\n{machine.describe(place)} {options.rounds} rounds in turns, medians.")


if __name__ == "__main__":
    main()
