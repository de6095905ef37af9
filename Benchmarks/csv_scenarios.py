"""CSV: rows a second, latency of a small file, many files at once, memory."""

from collections import defaultdict
from contextlib import ExitStack
from statistics import median

import content
import figures
from workers import Peak

ROWS = 200_000


def expect(reports, rows, status="completed"):
    """A figure counts only where the work was done: every row taken, none refused."""
    for report in reports:
        if report["status"] != status or report["rows_processed"] != rows:
            raise SystemExit(f"{report['filename']}: {report['status']}, {report['rows_processed']} of {rows} rows; {report['errors'][:1]}")


def throughput(bench, table):
    """Each round has roots of its own and sales of its own. The first file meets an empty ledger; the second brings another year's
    sales, so that nothing repeats; the third is the second grown by a month, of which the living document's reader finds all but
    that month unchanged (the script compares nothing, so it has no third)."""
    first, second, grown = defaultdict(list), defaultdict(list), defaultdict(list)
    for round in bench.rounds("CSV, 200,000 rows"):
        seeds = [round * 10 + n for n in range(2)]
        totals = []
        for side, worker in bench.all().items():
            with worker:
                for year, (seed, into) in enumerate(zip(seeds, (first, second))):
                    seconds, reports = worker.drop(content.boxnox(bench.place, year * 12, 12, ROWS, seed))
                    expect(reports, ROWS)
                    into[side].append(seconds)
                    totals.append((year, reports[0]["totals"]))
                if side != "rival":
                    grown[side].append(living(bench, worker, seeds[1]))
        if any(total != other for year, total in totals for another, other in totals if another == year):
            raise SystemExit(f"they disagree about the sums: {totals}")
    for what, took in (("first file", first), ("second file, other months", second)):
        table.add(f"CSV, 200,000 rows, rename → report, {what}", figures.rate(ROWS, median(took["Sellout"]), "rows"),
                  f"Python script {figures.rate(ROWS, median(took['rival']), 'rows')}", figures.ratio(took["Sellout"], took["rival"]),
                  before=figures.to_before(took))
    table.add("the second file again, grown by 10,000 rows of a new month (living document)",
              figures.rate(ROWS + 10_000, median(grown["Sellout"]), "rows"), "(the script compares nothing)", before=figures.to_before(grown))


def living(bench, worker, seed):
    again = content.boxnox(bench.place, 12, 12, ROWS, seed)
    month = content.boxnox(bench.place, 24, 1, 10_000, seed + 5)
    with open(again, "a", newline="", encoding="utf-8") as file, open(month, newline="", encoding="utf-8") as added:
        file.writelines(list(added)[1:])
    month.unlink()
    seconds, reports = worker.drop(again)
    expect(reports, 10_000)
    if reports[0]["rows_unchanged"] != ROWS:
        raise SystemExit(f"only {reports[0]['rows_unchanged']} rows were found unchanged")
    return seconds


def latency(bench, table, count=200, rows=15, asked="≤ 1.5 ×"):
    """All wait at rest; a file goes to the one, then to the other, each file of a month of its own."""
    took = defaultdict(list)
    with ExitStack() as stack:
        workers = {side: stack.enter_context(worker) for side, worker in bench.all().items()}
        for number in range(-10, count):
            for side, worker in workers.items():
                bench.rest(0.05)
                seconds, reports = worker.drop(content.boxnox(bench.place, number + 10, 1, rows, 1000 + number))
                expect(reports, rows)
                if number >= 0:
                    took[side].append(seconds)
    for what, of in (("median", median), ("p99", lambda values: figures.quantile(values, 0.99))):
        value = {side: of(values) for side, values in took.items()}
        table.add(f"CSV, {rows} rows, rename → report, {what} of {count}", figures.time(value["Sellout"]),
                  f"Python script {figures.time(value['rival'])}", f"{value['Sellout'] / value['rival']:.3g} ×", asked if of is median else "",
                  figures.one_to_before(value))


def many(bench, table, count=500, rows=15):
    took = defaultdict(list)
    for round in bench.rounds("500 files at once"):
        for side, worker in bench.all().items():
            with worker:
                files = [content.boxnox(bench.place, number, 1, rows, round * count + number) for number in range(count)]
                seconds, reports = worker.drop(*files)
                expect(reports, rows)
                took[side].append(seconds)
    table.add(f"{count} CSV files of {rows} rows at once, one inbox", figures.rate(count, median(took["Sellout"]), "files"),
              f"Python script {figures.rate(count, median(took['rival']), 'files')}", figures.ratio(took["Sellout"], took["rival"]),
              "≤ 1.0 ×", figures.to_before(took))


def memory(bench, table):
    took = {}
    for side, worker in bench.all().items():
        with worker, Peak(worker.process) as peak:
            expect(worker.drop(content.boxnox(bench.place, 0, 12, ROWS, 1))[1], ROWS)
        took[side] = peak
    together = {side: peak.together for side, peak in took.items()}
    table.add("peak memory, CSV, 200,000 rows, daemon + reader", f"{together['Sellout']:.1f} MiB", f"Python script {took['rival'].own / 1024:.0f} MiB",
              asked="< 96 MiB", before=figures.one_to_before(together))


def run(bench, table):
    throughput(bench, table)
    latency(bench, table)
    many(bench, table)
    memory(bench, table)
