"""Holds a peer's tables against drawdown's: `compare.py OURS THEIRS`.

Every row, in its order, in every column that the peer writes. A fault is told
with the row's key, and the exit code is 1.
"""

import csv
import itertools
import sys
from pathlib import Path

from job import DELIVERED, UPSELL

SHOWN = 5


def rows(path, columns):
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        places = {name: at for at, name in enumerate(next(reader))}
        missing = [name for name in columns if name not in places]
        if missing:
            sys.exit(f"{path}: no column {', '.join(missing)}")
        for row in reader:
            yield [row[places[name]] for name in columns]


def main():
    ours, theirs = Path(sys.argv[1]), Path(sys.argv[2])
    faults, compared = 0, []
    for name, columns in [("delivered", DELIVERED), ("upsell", UPSELL)]:
        pairs = itertools.zip_longest(
            rows(ours / f"{name}.csv", columns), rows(theirs / f"{name}.csv", columns)
        )
        count = 0
        for number, (own, other) in enumerate(pairs, start=2):
            count += 1
            if own == other:
                continue
            faults += 1
            if faults > SHOWN:
                continue
            if own is None or other is None:
                who = theirs if own is None else ours
                print(f"{name}.csv, row {number}: only in {who}: {own or other}")
                continue
            different = [
                f"{column} {mine!r} here, {other_!r} there"
                for column, mine, other_ in zip(columns, own, other)
                if mine != other_
            ]
            print(f"{name}.csv, row {number}, {own[0]} {own[1]}: {'; '.join(different)}")
        compared.append(f"{count} rows of {name}.csv")
    if faults:
        sys.exit(f"{faults} rows of {theirs} are not those of {ours}")
    print(f"equal: {', '.join(compared)}")


if __name__ == "__main__":
    main()
