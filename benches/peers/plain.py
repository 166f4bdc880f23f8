"""The job with Python's own csv module and Decimal; a process per thread."""

import csv
import multiprocessing
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from job import AS_OF, DELIVERED, UPSELL, arguments

UNITS = {"Hours": Decimal(3600), "Days": Decimal(28800), "Minutes": Decimal(60)}
MICRO, STEP, SHARE, ZERO = Decimal("0.000001"), Decimal("0.01"), Decimal("0.0001"), Decimal(0)


def rounded(number, step=STEP):
    return number.quantize(step, rounding=ROUND_HALF_UP)


def rows_of(path):
    """id, date, employee, project, contract, task, line, description, quantity, unit"""
    if path.suffix == ".xlsx":
        import openpyxl

        sheet = openpyxl.load_workbook(path, read_only=True).active
        for row in sheet.iter_rows(min_row=2, values_only=True):
            yield row[1].date().isoformat(), row[4] or "", row[5] or "", row[6] or "", str(row[8]), row[9]
    else:
        with open(path, encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            next(reader)
            for row in reader:
                yield row[1], row[4], row[5], row[6], row[8], row[9]


def sums_of(path):
    """Seconds by what the entry names and by unit."""
    sums = defaultdict(Decimal)
    for date, contract, task, line, quantity, unit in rows_of(path):
        if date <= AS_OF:
            # To the microsecond: 0.3333333333333333 hours are 20 minutes.
            sums[line, task, contract, unit] += (Decimal(quantity) * UNITS[unit]).quantize(MICRO)
    return dict(sums)


def main():
    data, out, threads = arguments()
    files = sorted(data.glob("timesheets-*"))
    sums = defaultdict(Decimal)
    with multiprocessing.Pool(min(threads, len(files))) as pool:
        for part in pool.imap(sums_of, files):
            for key, seconds in part.items():
                sums[key] += seconds

    with open(data / "order_lines.csv", encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    by_id, by_task, pools = {}, {}, defaultdict(list)
    for line in lines:
        line["confirmed"] = line["state"] in ("sale", "done")
        for name in ("ordered", "delivered", "subtotal"):
            line[name] = Decimal(line[name])
        line["named"] = ZERO
        by_id[line["id"]] = line
        if line["task"]:
            by_task[line["task"]] = line
        if line["tracking"] == "contract" and line["confirmed"]:
            pools[line["contract"]].append(line)

    # Rule 4: the line, else the line of the task, else the contract; one line's alone.
    direct, shared = defaultdict(Decimal), defaultdict(Decimal)
    for (name, task, contract, unit), seconds in sums.items():
        if name:
            line = by_id.get(name)
        else:
            line = by_task.get(task) if task else None
        if line is not None:
            if line["confirmed"]:
                direct[line["id"], unit] += seconds
        elif not name and len(pools.get(contract, ())) == 1:
            direct[pools[contract][0]["id"], unit] += seconds
        elif not name and contract in pools:
            shared[contract, unit] += seconds

    # Rule 5.2: each unit's sum is converted and rounded once.
    for (name, _), seconds in direct.items():
        line = by_id[name]
        if line["unit"] in UNITS:
            line["named"] += rounded(seconds / UNITS[line["unit"]])
    totals = defaultdict(Decimal)
    for (contract, _), seconds in shared.items():
        totals[contract] += rounded(seconds / UNITS[pools[contract][0]["unit"]])

    # Rule 3.5: a pool is drawn down line by line, the excess on the last.
    for line in lines:
        if line["tracking"] in ("contract", "task"):
            line["ours"] = line["named"] if line["confirmed"] else None
        elif line["tracking"] == "manual" or line["confirmed"]:
            line["ours"] = line["delivered"]
        else:
            line["ours"] = None
    for contract, pool in pools.items():
        pool.sort(key=drawn_down)
        left = totals[contract]
        for line in pool[:-1]:
            share = min(left, max(line["ordered"] - line["named"], ZERO))
            line["ours"] += share
            left -= share
        pool[-1]["ours"] += left

    # Rule 6.
    for line in lines:
        line["consumed"] = line["overrun"] = None
        if line["policy"] == "ordered" and line["confirmed"] and line["ours"] is not None:
            ordered, ours, subtotal = line["ordered"], line["ours"], line["subtotal"]
            line["consumed"] = rounded(max(min(ours, ordered), ZERO) * subtotal / ordered)
            line["overrun"] = rounded(max(ours - ordered, ZERO) * subtotal / ordered)
    upsells = []
    in_pool = {line["id"] for pool in pools.values() for line in pool}
    alone = [[line] for line in lines if line["id"] not in in_pool]
    for judged in [*pools.values(), *alone]:
        status = "ok"
        if all(line["ours"] is not None for line in judged):
            ordered = sum(line["ordered"] for line in judged)
            ours = sum(line["ours"] for line in judged)
            sells = any(
                line["state"] == "sale" and line["policy"] == "ordered" and line["tracking"] != "none"
                for line in judged
            )
            if sells and ours > 0 and ours >= ordered:
                status = "upsell"
                upsells.append((judged, ordered, ours))
            elif sells and ours > 0 and ours * 10 >= ordered * 8:
                status = "near"
        for line in judged:
            line["status"] = state_of(line) or status

    lines.sort(key=lambda line: (line["order"], int(line["sequence"]), line["id"]))
    with open(out / "delivered.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(DELIVERED)
        for line in lines:
            ordered, ours = line["ordered"], line["ours"]
            known = ours is not None
            writer.writerow(
                [
                    line["order"],
                    line["id"],
                    line["customer"],
                    line["product"],
                    line["contract"],
                    f"{ordered:.2f}",
                    line["unit"],
                    f"{ours:.2f}" if known else "",
                    f"{line['delivered']:.2f}",
                    f"{ours - line['delivered']:.2f}" if known else "",
                    f"{ordered - ours:.2f}" if known else "",
                    rounded(ours / ordered, SHARE) if known else "",
                    line["consumed"],
                    line["overrun"],
                    line["currency"],
                    line["status"],
                ]
            )
    rows = []
    for judged, ordered, ours in upsells:
        first = judged[0]
        overrun = sum(line["overrun"] for line in judged if line["overrun"] is not None)
        row = [
            first["order"],
            " ".join(line["id"] for line in judged),
            first["customer"],
            first["salesperson"],
            first["product"],
            first["contract"],
            f"{ordered:.2f}",
            first["unit"],
            f"{ours:.2f}",
            f"{ours - ordered:.2f}",
            rounded(ours / ordered, SHARE),
            overrun,
            first["currency"],
        ]
        rows.append(((first["currency"], -overrun, first["order"], first["id"]), row))
    rows.sort()
    with open(out / "upsell.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(UPSELL)
        writer.writerows(row for _, row in rows)


def drawn_down(line):
    policy = 0 if line["policy"] == "ordered" else 1
    return policy, line["order_date"], line["order"], int(line["sequence"]), line["id"]


def state_of(line):
    if line["state"] in ("draft", "sent"):
        return "not_confirmed"
    if line["state"] == "cancel":
        return "cancelled"
    if line["tracking"] == "none":
        return "not_tracked"
    return "locked" if line["state"] == "done" else None


if __name__ == "__main__":
    sys.exit(main())
