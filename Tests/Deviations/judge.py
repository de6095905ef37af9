#!/usr/bin/env python3
"""Holds what became of each deviation against what a careful person would have booked.

    judge.py MANIFEST RESULTS [--show 20]

A result is a line of JSON: {"file", "state", "sales": [[store, ean, date, quantity, amount], …], "report": {…}}. Leaves with 1 where
a file was silently booked wrong, a place is not named, a harmless file was held, or a result is missing."""
import argparse
import json
import sys
from collections import Counter, defaultdict
from decimal import Decimal

from places import Named, said

APPROVED = ("completed", "partial_success", "approved")
GRAVE = ("silently wrong", "no place named", "held although right", "no result")
COLUMNS = ("right", "waited", *GRAVE)


def read(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def key(sale):
    store, ean, day, quantity, amount = sale
    return " ".join(str(store).split()).casefold(), str(ean), str(day)[:10], int(quantity), Decimal(str(amount)).quantize(Decimal("0.01"))


def same(case, sales):
    """Equal as bags. Who shares a total out may put a cent elsewhere, as long as the file's sum stays."""
    expected, booked = sorted(map(key, case["sales"])), sorted(map(key, sales))
    if expected == booked:
        return True
    if case["reseller"] != "aromateque" or [sale[:4] for sale in expected] != [sale[:4] for sale in booked]:
        return False
    differences = [one[4] - other[4] for one, other in zip(expected, booked)]
    return sum(differences) == 0 and max(map(abs, differences)) <= Decimal("0.01")


def verdict(case, result):
    if result is None:
        return "no result"
    if result["state"] in APPROVED or result["sales"]:
        if case["sales"] is not None and case["verdict"] != "wait" and same(case, result["sales"]):
            return "right"
        return "silently wrong"
    if case["verdict"] == "right":
        return "held although right"
    named = Named(said(result["report"]))
    return "waited" if any(named.names(place) for place in case["places"]) else "no place named"


def difference(case, result):
    if case["sales"] is None:
        return [f"    booked {len(result['sales'])} sales where nobody can know them"]
    expected, booked = Counter(map(key, case["sales"])), Counter(map(key, result["sales"]))
    return [f"    {word} {' · '.join(map(str, sale))}" + (f" × {count}" if count > 1 else "")
            for word, bag in (("missing ", expected - booked), ("too many", booked - expected)) for sale, count in list(bag.items())[:6]]


def explain(case, result, folder):
    """Everything that is needed to look into a failure."""
    lines = [f"{verdict(case, result).upper()}: {case['file']} ({case['reseller']})", f"    {case['what']}",
             f"    again: deviate.py --only {case['seed']}:{case['deviation']}:{case['sample']} FOLDER"]
    if result is None:
        return lines
    lines.append(f"    state {result['state']}: {result['report'].get('message')}")
    if result["state"] in APPROVED or result["sales"]:
        lines += difference(case, result)
    else:
        lines.append(f"    any of {case['places'][:12]}")
    return lines + [f"    said: {line}" for line in said(result["report"]).splitlines()[1:7] if line.strip()]


def table(counts):
    names = sorted(counts, key=lambda name: (-sum(counts[name][grave] for grave in GRAVE), name))
    width = max(map(len, names), default=9)
    yield f"{'deviation':{width}} {'cases':>6} " + " ".join(f"{column:>{max(len(column), 6)}}" for column in COLUMNS)
    for name in [*names, "all"]:
        row = counts[name] if name != "all" else sum(counts.values(), Counter())
        yield f"{name:{width}} {sum(row.values()):6} " + " ".join(f"{row[column] or '·':>{max(len(column), 6)}}" for column in COLUMNS)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("manifest")
    parser.add_argument("results")
    parser.add_argument("--show", type=int, default=20, help="how many failures of each sort to explain")
    given = parser.parse_args()
    cases, results = read(given.manifest), {result["file"]: result for result in read(given.results)}
    counts, shown = defaultdict(Counter), Counter()
    for case in cases:
        counts[case["deviation"]][verdict(case, results.get(case["file"]))] += 1
    print("\n".join(table(by_part(counts))))
    for case in cases:
        fate = verdict(case, results.get(case["file"]))
        if fate in GRAVE:
            shown[fate] += 1
            if shown[fate] <= given.show:
                print("\n" + "\n".join(explain(case, results.get(case["file"]), given.manifest)))
    print(f"\n{len(cases)} cases, " + ", ".join(f"{shown[grave]} {grave}" for grave in GRAVE))
    sys.exit(1 if sum(shown.values()) else 0)


def by_part(counts):
    """Two deviations in one file are counted under the last that is not harmless, with a mark."""
    merged = defaultdict(Counter)
    for name, row in counts.items():
        merged[name.split("+")[-1] + (" +" if "+" in name else "")] += row
    return merged


if __name__ == "__main__":
    main()
