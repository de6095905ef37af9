#!/usr/bin/env python3
"""Holds our own reading of the samples against samples/expected/sales.csv; says nothing where they agree."""
import csv
import sys
from collections import Counter
from decimal import Decimal

from samples import SAMPLES, originals


def expected():
    with open(SAMPLES / "expected" / "sales.csv", newline="", encoding="utf-8") as file:
        for line in csv.DictReader(file):
            kind = "boxnox list" if line["sheet"].endswith("MAY2025") else line["reseller"]
            yield kind, (line["store"], line["product_ean"], line["sale_date"], int(line["quantity"]), str(Decimal(line["sales_local"])))


def main():
    theirs, wrong = {}, 0
    for kind, sale in expected():
        theirs.setdefault(kind, Counter())[sale] += 1
    for kind, sample in originals().items():
        ours, first = Counter(sample.sales()), sample.sales()
        theirs.setdefault(kind, theirs.get(kind.removesuffix(" flat")))
        for word, sales in (("missing", theirs[kind] - ours), ("too many", ours - theirs[kind])):
            for sale in sales:
                print(f"{kind}: {word}: {sale}")
                wrong += 1
        sample.resum()
        if sample.sales() != first:
            print(f"{kind}: the sums do not hold")
            wrong += 1
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
