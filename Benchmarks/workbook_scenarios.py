"""Workbooks in Skins SA's layout, written by XlsxWriter: reading them, their whole way, a small one's latency, memory."""

import shutil
import sys
from collections import defaultdict
from contextlib import ExitStack
from datetime import date, timedelta
from statistics import median

import content
import figures
from csv_scenarios import expect
from workers import Peak

ROWS, MANY = 200_000, 1_000_000
# The sheet's cells as calamine's typed values; nothing is converted to Arrow, which would take longer.
FASTEXCEL = "import sys, fastexcel; print(fastexcel.read_excel(sys.argv[1]).load_sheet(0).height)"
OPENPYXL = """
import sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True).worksheets[0]
print(sum(1 for row in sheet.iter_rows(values_only=True)) - 1)
"""


def cached(bench, rows):
    """Written once; generating a million rows takes longer than all that is measured with them."""
    path = bench.cache / f"skins-{rows}.xlsx"
    if not path.exists():
        bench.say(f"writing {path.name} with XlsxWriter, once")
        bench.cache.mkdir(parents=True, exist_ok=True)
        content.skins(path, rows, seed=7)
    return path


def copy(bench, path):
    target = bench.place / f"Skins SA BIBBI CY 2024 December {path.stem}.xlsx"
    shutil.copyfile(path, target)
    return target


def whole(bench, path, rows, into):
    """One workbook's whole way over a fresh root, with each daemon: seconds."""
    for side, worker in bench.sellouts().items():
        with worker:
            seconds, reports = worker.drop(copy(bench, path), to="skins_sa")
            expect(reports, rows)
            into[side].append(seconds)


def peaks(bench, path, rows):
    """The same, in MiB."""
    found = {}
    for side, worker in bench.sellouts().items():
        with worker, Peak(worker.process) as high:
            expect(worker.drop(copy(bench, path), to="skins_sa")[1], rows)
        found[side] = high.together
    return found


def read(bench, *command, rows, shows):
    """A whole process that reads every cell: it must have found so many rows."""
    seconds, text = bench.process(*command)
    if shows(rows) not in text:
        raise SystemExit(f"{command[0]} read something else than {rows} rows: {text[:200]}")
    return seconds


def readers(bench, path, rows):
    def sheets(side, programs):
        command = [programs / "selloutctl", "--root", bench.place, "--profiles", bench.profiles[side], "sheets", path]
        return lambda: read(bench, *command, rows=rows, shows=lambda rows: f" {rows + 1} ")

    def python(text):
        return lambda: read(bench, sys.executable, "-c", text, path, rows=rows, shows=str)

    return {side: sheets(side, programs) for side, programs in bench.programs.items()} | {"fastexcel": python(FASTEXCEL), "openpyxl": python(OPENPYXL)}


def large(bench, table):
    path = cached(bench, ROWS)
    took, way = defaultdict(list), defaultdict(list)
    for _ in bench.rounds("workbook, 200,000 × 14"):
        for side, reader in readers(bench, path, ROWS).items():
            took[side].append(reader())
        whole(bench, path, ROWS, way)
    what = "xlsx, 200,000 × 14, every cell read, whole process"
    ours, rust, python = took["Sellout"], took["fastexcel"], took["openpyxl"]
    table.add(what, figures.time(median(ours)), f"fastexcel {figures.time(median(rust))}", figures.ratio(ours, rust), "≤ 0.25 ×",
              figures.to_before(took))
    table.add(what, figures.time(median(ours)), f"openpyxl read-only {figures.time(median(python))}", figures.ratio(ours, python), "≤ 0.03 ×",
              figures.to_before(took))
    table.add("xlsx, 200,000 × 14, rename → report", f"{figures.time(median(way['Sellout']))}, {figures.rate(ROWS, median(way['Sellout']), 'rows')}",
              f"fastexcel only reading {figures.time(median(rust))}", figures.ratio(way["Sellout"], rust), "≤ 0.7 ×", figures.to_before(way))


def million(bench, table):
    path = cached(bench, MANY)
    took, way, again = defaultdict(list), defaultdict(list), defaultdict(list)
    for _ in bench.rounds("workbook, 1,000,000 × 14"):
        for side, reader in readers(bench, path, MANY).items():
            # Half a minute each for a figure that the smaller workbook has given.
            if side != "openpyxl":
                took[side].append(reader())
        whole(bench, path, MANY, way)
        whole(bench, cached(bench, ROWS), ROWS, again)
    table.add("xlsx, 1,000,000 × 14, every cell read, whole process", figures.time(median(took["Sellout"])),
              f"fastexcel {figures.time(median(took['fastexcel']))}", figures.ratio(took["Sellout"], took["fastexcel"]),
              before=figures.to_before(took))
    table.add("xlsx, 1,000,000 × 14, rename → report", figures.time(median(way["Sellout"])),
              f"the 200,000 rows {figures.time(median(again['Sellout']))}", figures.ratio(way["Sellout"], again["Sellout"]), "≤ 5.5 ×",
              figures.to_before(way))
    less, more = peaks(bench, cached(bench, ROWS), ROWS), peaks(bench, path, MANY)
    table.add("peak memory, xlsx, 200,000 × 14, daemon + reader", f"{less['Sellout']:.1f} MiB", asked="≤ 128 MiB", before=figures.one_to_before(less))
    table.add("peak memory, xlsx, 1,000,000 × 14, daemon + reader", f"{more['Sellout']:.1f} MiB", f"the 200,000 rows {less['Sellout']:.1f} MiB",
              f"{more['Sellout'] / less['Sellout']:.2f} ×", "≤ 1.1 ×", figures.one_to_before(more))


def latency(bench, table, count=200, rows=15):
    took = defaultdict(list)
    with ExitStack() as stack:
        workers = {side: stack.enter_context(worker) for side, worker in bench.sellouts().items()}
        for number in range(-10, count):
            for side, worker in workers.items():
                day = date(1990, 1, 1) + timedelta(days=31 * (number + 10))
                name = f"Skins SA BIBBI CY {day.year} {number + 10}.xlsx"
                file = content.skins(bench.place / name, rows, seed=number, first_day=day, days=5)
                bench.rest(0.05)
                seconds, reports = worker.drop(file, to="skins_sa")
                expect(reports, rows)
                if number >= 0:
                    took[side].append(seconds)
    for what, of in (("median", median), ("p99", lambda values: figures.quantile(values, 0.99))):
        value = {side: of(values) for side, values in took.items()}
        table.add(f"xlsx, {rows} rows, rename → report, {what} of {count}", figures.time(value["Sellout"]), asked="≤ 12 ms" if of is median else "",
                  before=figures.one_to_before(value))


def run(bench, table):
    latency(bench, table)
    large(bench, table)
    million(bench, table)
