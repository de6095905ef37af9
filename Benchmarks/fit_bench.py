"""`make bench-fit`: the retailers' workbook imported beside openpyxl only reading it; scores over HTTP, for 39 retailers and for 10,000.

The workbook with a million mappings is written once and kept below .build.
"""

import argparse
import http.client
import itertools
import json
import random
import statistics
import sys
import time
from pathlib import Path

import openpyxl

import figures
from web_bench import say
from workers import Peak

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "Tests" / "Portal"))

import retail_workbook  # noqa: E402
from fitting.words import drop, form, report  # noqa: E402
from playground import Playground  # noqa: E402
from trades import File  # noqa: E402
from walk_fit import FOLDERS  # noqa: E402

PEOPLE = {"root": ["--role", "super_admin"], "maker": ["--role", "brand_admin"]}


def world_of(programs):
    return Playground(programs, people=PEOPLE, folders=FOLDERS)


def by_openpyxl(path, read_only):
    """Seconds for every cell of every sheet, its start not counted; `read_only` is its faster way, and not the usual one."""
    began = time.perf_counter()
    book = openpyxl.load_workbook(path, read_only=read_only, data_only=True)
    rows = sum(1 for sheet in book for _ in sheet.iter_rows(values_only=True))
    if rows < retail_workbook.RECORDS:
        raise SystemExit(f"openpyxl read {rows} rows")
    return time.perf_counter() - began


class Line:
    """A kept connection of one person."""

    def __init__(self, world, name):
        self.connection, self.token = http.client.HTTPConnection("127.0.0.1", world.port, timeout=300), world.tokens[name]

    def ask(self, method, path, body=None, kind="application/json"):
        """Seconds, and what was answered."""
        began = time.perf_counter()
        self.connection.request(method, path, body, {"Authorization": f"Bearer {self.token}", **({"Content-Type": kind} if body else {})})
        answer = self.connection.getresponse()
        told = answer.read()
        seconds = time.perf_counter() - began
        if answer.status != 200:
            raise SystemExit(f"{method} {path}: {answer.status}, {told[:300]!r}")
        return seconds, json.loads(told)


def imported(line, file):
    """Seconds from the first byte sent until the upload is completed."""
    sent = form(file)
    began = time.perf_counter()
    upload = line.ask("POST", "/api/uploads/excel", sent.body, sent.kind)[1]["data"]["upload_id"]
    while True:
        state = line.ask("GET", f"/api/uploads/status/{upload}")[1]["data"]
        if state["status"] != "processing":
            break
        time.sleep(0.001)
    seconds = time.perf_counter() - began
    if (state["status"], state["records_processed"]) != ("completed", retail_workbook.RECORDS):
        raise SystemExit(f"the workbook ended as {state}")
    return seconds


def choices(seed):
    """Bodies that ask for scores, each another choice of categories."""
    chance = random.Random(seed)
    for number in itertools.count():
        sold = chance.sample(retail_workbook.SOLD, chance.randint(2, 6))
        selected = [{"category": category, "sub_categories": [subcategory, f"Other {number}"]} for category, subcategory in sold]
        yield json.dumps({"selected_categories": selected}).encode()


def scored(line, bodies, retailers):
    found = []
    for body in bodies:
        seconds, told = line.ask("POST", "/api/fit-scores/calculate", body)
        if told["data"]["calculation_summary"]["total_retailers"] != retailers:
            raise SystemExit(f"scores of {told['data']['calculation_summary']}")
        found.append(seconds)
    return found


def told(values):
    return f"median {figures.time(statistics.median(values))}, slowest {figures.time(max(values))}"


def with_brand(world):
    line = Line(world, "maker")
    line.ask("POST", "/api/brands/create", json.dumps({"brand_name": "Tidewater", "avg_trade_margin": "20-25"}).encode())
    return line


def small(programs, rounds, cache, table):
    """The workbook of the real one's size, over a fresh root each round."""
    path = cache / "retailers.xlsx"
    path.write_bytes(retail_workbook.content(retail_workbook.standard()))
    ours, again, usual, fastest = [], [], [], []
    for number in range(rounds):
        with world_of(programs) as world:
            line = Line(world, "root")
            ours.append(imported(line, File("retailers.xlsx", path.read_bytes())))
            usual.append(by_openpyxl(path, False))
            fastest.append(by_openpyxl(path, True))
            again.append(imported(line, File("retailers.xlsx", path.read_bytes())))
            if number == rounds - 1:
                maker, bodies = with_brand(world), list(itertools.islice(choices(1), 200))
                first = scored(maker, bodies, 39)
                same = scored(maker, bodies[-1:] * 200, 39)
    for what, theirs in (("openpyxl only reading", usual), ("openpyxl read-only", fastest)):
        beside = f"{what} {figures.time(statistics.median(theirs))}"
        table.add("retailers' workbook, 3,242 records, POST → completed", figures.time(statistics.median(ours)), beside, figures.ratio(ours, theirs), "≤ 0.3 ×")
        table.add("the same again, 0 new", figures.time(statistics.median(again)), beside, figures.ratio(again, theirs))
    table.add("scores of 39 retailers, 200 choices, over HTTP", told(first), "", "", "< 5 ms")
    table.add("the same choice again", told(same), "", "", "< 5 ms")


def large(programs, cache, table):
    """10,000 retailers with a million mappings."""
    path = cache / "retailers-million.xlsx"
    if not path.exists():
        say("writing a workbook with a million mappings, once")
        part = path.with_suffix(".part")
        retail_workbook.million(part)
        part.rename(path)
    with world_of(programs) as world, Peak(world.daemon.process) as high:
        file = File("retailers-million.xlsx", path.read_bytes())
        began = time.perf_counter()
        drop(world, file)
        outcome = report(world, file.name, limit=600)
        seconds = time.perf_counter() - began
        if outcome.get("status") != "completed":
            raise SystemExit(f"the workbook ended as {json.dumps(outcome)[:400]}")
        records = 10_000 + 5_000 + 1_000_000 + 20_000
        table.add("a million mappings of 10,000 retailers, rename → report", figures.time(seconds), figures.rate(records, seconds, "records"))
        maker, bodies = with_brand(world), list(itertools.islice(choices(2), 12))
        cold = scored(maker, bodies[:1], 10_000)
        others = scored(maker, bodies[1:], 10_000)
        same = scored(maker, bodies[-1:] * 20, 10_000)
        table.add("scores of 10,000 retailers over HTTP, the first", told(cold))
        table.add("scores of 10,000 retailers over HTTP, other choices", told(others), "", "", "< 150 ms")
        table.add("the same choice again, nothing changed", told(same), "", "", "< 5 ms")
        now, highest = world.web.memory()
        table.add("memory of sellout-web with it", f"{now:.0f} MiB, {highest:.0f} MiB at its highest")
    table.add("peak memory of the import, daemon + reader", f"{high.together:.0f} MiB")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("programs")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--small", action="store_true", help="leave the million mappings out")
    options = options.parse_args()
    cache, table = HERE.parent / ".build" / "bench", figures.Table(False)
    cache.mkdir(parents=True, exist_ok=True)
    small(options.programs, options.rounds, cache, table)
    if not options.small:
        large(options.programs, cache, table)
    print(table)


if __name__ == "__main__":
    main()
