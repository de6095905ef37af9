"""Workbooks in Skins SA's layout, written by XlsxWriter: reading them, their whole way, a small one's latency, memory."""

import shutil
import subprocess
import sys
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


def whole(bench, path, rows, peak=False):
    """One workbook's whole way over a fresh root: seconds, MiB."""
    with bench.sellout() as worker:
        file = copy(bench, path)
        if not peak:
            seconds, reports = worker.drop(file, to="skins_sa")
            expect(reports, rows)
            return seconds
        with Peak(worker.process) as high:
            expect(worker.drop(file, to="skins_sa")[1], rows)
        return high.together


def read(bench, *command, rows, shows):
    """A whole process that reads every cell: it must have found so many rows."""
    seconds, text = bench.process(*command)
    if shows(rows) not in text:
        raise SystemExit(f"{command[0]} read something else than {rows} rows: {text[:200]}")
    return seconds


def readers(bench, path):
    sheets = [bench.programs / "selloutctl", "--root", bench.place, "--profiles", bench.profiles, "sheets", path]
    return (
        lambda rows: read(bench, *sheets, rows=rows, shows=lambda rows: f" {rows + 1} "),
        lambda rows: read(bench, sys.executable, "-c", FASTEXCEL, path, rows=rows, shows=str),
        lambda rows: read(bench, sys.executable, "-c", OPENPYXL, path, rows=rows, shows=str),
    )


def large(bench, table):
    path = cached(bench, ROWS)
    sheets, fastexcel, openpyxl = readers(bench, path)
    ours, rust, python, way = [], [], [], []
    for _ in bench.rounds("workbook, 200,000 × 14"):
        ours.append(sheets(ROWS))
        rust.append(fastexcel(ROWS))
        way.append(whole(bench, path, ROWS))
        python.append(openpyxl(ROWS))
    what = "xlsx, 200,000 × 14, every cell read, whole process"
    table.add(what, figures.time(median(ours)), f"fastexcel {figures.time(median(rust))}", figures.ratio(ours, rust), "≤ 0.25 ×")
    table.add(what, figures.time(median(ours)), f"openpyxl read-only {figures.time(median(python))}", figures.ratio(ours, python), "≤ 0.03 ×")
    table.add("xlsx, 200,000 × 14, rename → report", f"{figures.time(median(way))}, {figures.rate(ROWS, median(way), 'rows')}",
              f"fastexcel only reading {figures.time(median(rust))}", figures.ratio(way, rust), "≤ 0.7 ×")
    return way


def million(bench, table, small):
    path = cached(bench, MANY)
    sheets, fastexcel, _ = readers(bench, path)
    ours, rust, way, again = [], [], [], []
    for _ in bench.rounds("workbook, 1,000,000 × 14"):
        ours.append(sheets(MANY))
        rust.append(fastexcel(MANY))
        way.append(whole(bench, path, MANY))
        again.append(whole(bench, cached(bench, ROWS), ROWS))
    table.add("xlsx, 1,000,000 × 14, every cell read, whole process", figures.time(median(ours)), f"fastexcel {figures.time(median(rust))}",
              figures.ratio(ours, rust))
    table.add("xlsx, 1,000,000 × 14, rename → report", figures.time(median(way)), f"the 200,000 rows {figures.time(median(again))}",
              figures.ratio(way, again), "≤ 5.5 ×")
    less, more = whole(bench, cached(bench, ROWS), ROWS, peak=True), whole(bench, path, MANY, peak=True)
    table.add("peak memory, xlsx, 200,000 × 14, daemon + reader", f"{less:.1f} MiB", asked="≤ 128 MiB")
    table.add("peak memory, xlsx, 1,000,000 × 14, daemon + reader", f"{more:.1f} MiB", f"the 200,000 rows {less:.1f} MiB",
              f"{more / less:.2f} ×", "≤ 1.1 ×")


def latency(bench, table, count=200, rows=15):
    took = []
    with bench.sellout() as worker:
        for number in range(-10, count):
            day = date(1990, 1, 1) + timedelta(days=31 * (number + 10))
            name = f"Skins SA BIBBI CY {day.year} {number + 10}.xlsx"
            file = content.skins(bench.place / name, rows, seed=number, first_day=day, days=5)
            bench.rest(0.05)
            seconds, reports = worker.drop(file, to="skins_sa")
            expect(reports, rows)
            if number >= 0:
                took.append(seconds)
    table.add(f"xlsx, {rows} rows, rename → report, median of {count}", figures.time(median(took)), asked="≤ 12 ms")
    table.add(f"xlsx, {rows} rows, rename → report, p99 of {count}", figures.time(figures.quantile(took, 0.99)))


def can_read(bench):
    """Whether this program reads workbooks at all."""
    file = content.skins(bench.place / "Skins SA probe.xlsx", 15, seed=0)
    with bench.sellout() as worker:
        report = worker.drop(file, to="skins_sa")[1][0]
    return "" if report["rows_processed"] == 15 else str(report["message"])


def run(bench, table):
    if reason := can_read(bench):
        table.not_yet("xlsx", reason)
        return
    latency(bench, table)
    small = large(bench, table)
    million(bench, table, small)
