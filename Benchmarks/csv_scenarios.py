"""CSV: rows a second, latency of a small file, many files at once, memory."""

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
    first, second, grown = ([], []), ([], []), []
    for round in bench.rounds("CSV, 200,000 rows"):
        seeds = [round * 10 + n for n in range(2)]
        totals = []
        for side, worker in enumerate((bench.sellout(), bench.rival())):
            with worker:
                for year, (seed, into) in enumerate(zip(seeds, (first, second))):
                    seconds, reports = worker.drop(content.boxnox(bench.place, year * 12, 12, ROWS, seed))
                    expect(reports, ROWS)
                    into[side].append(seconds)
                    totals.append(reports[0]["totals"])
                if side == 0:
                    grown.append(living(bench, worker, seeds[1]))
        if totals[:2] != totals[2:]:
            raise SystemExit(f"the two disagree about the sums: {totals}")
    for what, (ours, theirs) in (("first file", first), ("second file, other months", second)):
        table.add(f"CSV, 200,000 rows, rename → report, {what}", figures.rate(ROWS, median(ours), "rows"),
                  f"Python script {figures.rate(ROWS, median(theirs), 'rows')}", figures.ratio(ours, theirs))
    table.add("the second file again, grown by 10,000 rows of a new month (living document)",
              figures.rate(ROWS + 10_000, median(grown), "rows"), "(the script compares nothing)")


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


def latency(bench, table, count=200, rows=15):
    """Both wait at rest; a file goes to the one, then to the other, each file of a month of its own."""
    ours, theirs = [], []
    with bench.sellout() as sellout, bench.rival() as rival:
        for number in range(-10, count):
            for worker, into in ((sellout, ours), (rival, theirs)):
                bench.rest(0.05)
                seconds, reports = worker.drop(content.boxnox(bench.place, number + 10, 1, rows, 1000 + number))
                expect(reports, rows)
                if number >= 0:
                    into.append(seconds)
    for what, of in (("median", median), ("p99", lambda values: figures.quantile(values, 0.99))):
        table.add(f"CSV, {rows} rows, rename → report, {what} of {count}", figures.time(of(ours)), f"Python script {figures.time(of(theirs))}",
                  f"{of(ours) / of(theirs):.3g} ×")


def many(bench, table, count=500, rows=15):
    ours, theirs = [], []
    for round in bench.rounds("500 files at once"):
        for worker, into in ((bench.sellout(), ours), (bench.rival(), theirs)):
            with worker:
                files = [content.boxnox(bench.place, number, 1, rows, round * count + number) for number in range(count)]
                seconds, reports = worker.drop(*files)
                expect(reports, rows)
                into.append(seconds)
    table.add(f"{count} CSV files of {rows} rows at once, one inbox", figures.rate(count, median(ours), "files"),
              f"Python script {figures.rate(count, median(theirs), 'files')}", figures.ratio(ours, theirs))


def memory(bench, table):
    with bench.sellout() as worker, Peak(worker.process) as peak:
        expect(worker.drop(content.boxnox(bench.place, 0, 12, ROWS, 1))[1], ROWS)
    with bench.rival() as worker, Peak(worker.process) as theirs:
        expect(worker.drop(content.boxnox(bench.place, 0, 12, ROWS, 1))[1], ROWS)
    table.add("peak memory, CSV, 200,000 rows, daemon + reader", f"{peak.together:.1f} MiB", f"Python script {theirs.own / 1024:.0f} MiB",
              asked="< 96 MiB")


def run(bench, table):
    throughput(bench, table)
    latency(bench, table)
    many(bench, table)
    memory(bench, table)
