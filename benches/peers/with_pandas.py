"""The job with pandas: a file at a time, whole numbers.

Time is in microseconds, quantities in hundredths, money in cents. A quantity is
read as a float and rounded to a whole number at once, which is exact: floats
hold whole numbers up to 2 ** 53, and no entry comes near it.
"""

import multiprocessing
import sys

import numpy as np
import pandas as pd

from job import AS_OF, DELIVERED, UPSELL, arguments

HUNDREDTH = {"Hours": 36_000_000, "Days": 288_000_000, "Minutes": 600_000}
WANTED = ["date", "contract", "task", "line", "quantity", "unit"]
KEY = ["line", "task", "contract", "unit"]


def sums_of(path):
    if path.suffix == ".xlsx":
        sheet = pd.read_excel(path, usecols=WANTED, engine="calamine")
        sheet["date"] = sheet["date"].dt.strftime("%Y-%m-%d")
    else:
        sheet = pd.read_csv(path, usecols=WANTED, dtype={name: str for name in WANTED if name != "quantity"})
    sheet = sheet[sheet["date"] <= AS_OF]
    worked = (sheet["quantity"] * sheet["unit"].map(HUNDREDTH) * 100).round().astype("int64")
    keys = [sheet[name].fillna("") for name in KEY]
    return worked.rename("worked").groupby(keys, sort=False).sum().reset_index()


def divided(a, b):
    """Half away from zero."""
    return np.sign(a) * ((2 * a.abs() + b) // (2 * b))


def fixed(numbers, decimals=2):
    """Whole numbers of hundredths as decimals."""
    unit = 10**decimals
    return [
        "" if pd.isna(number) else f"{'-' if number < 0 else ''}{abs(number) // unit}.{abs(number) % unit:0{decimals}}"
        for number in numbers.astype(object)
    ]


def main():
    data, out, threads = arguments()
    files = sorted(data.glob("timesheets-*"))
    with multiprocessing.Pool(min(threads, len(files))) as pool:
        sums = pd.concat(pool.map(sums_of, files, chunksize=1)).groupby(KEY, sort=False)["worked"].sum().reset_index()

    lines = pd.read_csv(data / "order_lines.csv", dtype=str, keep_default_na=False)
    for name, source in [("exported", "delivered"), ("ordered", "ordered"), ("subtotal", "subtotal")]:
        lines[name] = (lines[source].astype(float) * 100).round().astype("Int64")
    lines["sequence"] = lines["sequence"].astype(int)
    lines["confirmed"] = lines["state"].isin(["sale", "done"])
    lines["hundredth"] = lines["unit"].map(HUNDREDTH).astype("Int64")

    # Rule 4: the line, else the line of the task, else the contract; one line's alone.
    ids = pd.Series(lines["id"].to_numpy(), lines["id"])
    tasks = lines[lines["task"] != ""].set_index("task")["id"]
    names_line = sums["line"] != ""
    sums["id"] = sums["line"].map(ids).where(names_line, sums["task"].map(tasks))
    pooled = lines[(lines["tracking"] == "contract") & lines["confirmed"]]
    alone = pooled.drop_duplicates("contract", keep=False).set_index("contract")["id"]
    sums["id"] = sums["id"].where(sums["id"].notna() | names_line, sums["contract"].map(alone))

    # Rule 5.2: each unit's sum is converted and rounded once.
    def converted(sums, by):
        summed = sums.groupby([by, "unit"], as_index=False).agg(worked=("worked", "sum"), hundredth=("hundredth", "first"))
        return divided(summed["worked"], summed["hundredth"]).groupby(summed[by]).sum()

    measured = lines[lines["confirmed"] & lines["hundredth"].notna()]
    named = converted(sums.merge(measured[["id", "hundredth"]], on="id"), "id")
    measures = pooled.drop_duplicates("contract")[["contract", "hundredth"]]
    totals = converted(sums[sums["id"].isna() & ~names_line].merge(measures, on="contract"), "contract")
    lines["named"] = lines["id"].map(named).fillna(0).astype("Int64")

    # Rule 3.5: a pool is drawn down line by line, the excess on the last.
    shares = lines.loc[pooled.index]
    shares["total"] = shares["contract"].map(totals).fillna(0).astype("Int64")
    shares["by_delivered"] = shares["policy"] != "ordered"
    shares = shares.sort_values(["by_delivered", "order_date", "order", "sequence", "id"])
    shares["place"] = shares.groupby("contract").cumcount()
    shares["room"] = (shares["ordered"] - shares["named"]).clip(lower=0)
    before = shares.groupby("contract")["room"].cumsum() - shares["room"]
    left = (shares["total"] - before).clip(lower=0)
    last = ~shares.duplicated("contract", keep="last")
    share = left.where(last, np.minimum(left, shares["room"]))

    # Rule 6.
    by_entries = lines["tracking"].isin(["contract", "task"])
    recorded = (lines["tracking"] == "manual") | lines["confirmed"]
    ours = lines["exported"].where(recorded)
    lines["ours"] = ours.where(~by_entries, (lines["named"] + share.reindex(lines.index, fill_value=0)).where(lines["confirmed"]))
    lines["place"] = shares["place"].reindex(lines.index, fill_value=0)
    lines["pool"] = lines["id"].where(~lines.index.isin(shares.index), "pool " + lines["contract"])
    valued = (lines["policy"] == "ordered") & lines["confirmed"]
    ordered, ours, subtotal = lines["ordered"], lines["ours"], lines["subtotal"]
    within = np.minimum(ours, ordered).clip(lower=0)
    lines["consumed"] = divided(within * subtotal, ordered).where(valued)
    lines["overrun"] = divided((ours - ordered).clip(lower=0) * subtotal, ordered).where(valued)
    lines["sells"] = (lines["state"] == "sale") & (lines["policy"] == "ordered") & (lines["tracking"] != "none")
    judged = (
        lines.sort_values("place", kind="stable")
        .groupby("pool", sort=False)
        .agg(
            sells=("sells", "any"),
            ordered=("ordered", "sum"),
            ours=("ours", "sum"),
            overrun=("overrun", "sum"),
            lines=("id", " ".join),
            id=("id", "first"),
        )
    )
    some = judged["sells"] & (judged["ours"] > 0)
    upsell = some & (judged["ours"] >= judged["ordered"])
    near = some & (judged["ours"] * 10 >= judged["ordered"] * 8)
    judged["status"] = np.select([upsell.to_numpy(bool), near.to_numpy(bool)], ["upsell", "near"], "ok")

    state = lines["state"]
    lines["status"] = np.select(
        [state.isin(["draft", "sent"]), state == "cancel", lines["tracking"] == "none", state == "done"],
        ["not_confirmed", "cancelled", "not_tracked", "locked"],
        lines["pool"].map(judged["status"]),
    )
    lines = lines.sort_values(["order", "sequence", "id"])
    pd.DataFrame(
        {
            **{name: lines[name] for name in ["order", "customer", "product", "contract", "unit", "currency", "status"]},
            "line": lines["id"],
            "ordered": fixed(lines["ordered"]),
            "delivered": fixed(lines["ours"]),
            "exported": fixed(lines["exported"]),
            "difference": fixed(lines["ours"] - lines["exported"]),
            "remaining": fixed(lines["ordered"] - lines["ours"]),
            "used": fixed(divided(lines["ours"] * 10_000, lines["ordered"]), 4),
            "consumed_value": fixed(lines["consumed"]),
            "overrun_value": fixed(lines["overrun"]),
        }
    )[DELIVERED].to_csv(out / "delivered.csv", index=False)

    head = ["id", "order", "customer", "salesperson", "product", "contract", "unit", "currency"]
    rows = judged[judged["status"] == "upsell"].merge(lines[head], on="id")
    rows["less"] = -rows["overrun"]
    rows = rows.sort_values(["currency", "less", "order", "id"])
    pd.DataFrame(
        {
            **{name: rows[name] for name in [*head[1:], "lines"]},
            "ordered": fixed(rows["ordered"]),
            "delivered": fixed(rows["ours"]),
            "excess": fixed(rows["ours"] - rows["ordered"]),
            "used": fixed(divided(rows["ours"] * 10_000, rows["ordered"]), 4),
            "overrun_value": fixed(rows["overrun"]),
        }
    )[UPSELL].to_csv(out / "upsell.csv", index=False)


if __name__ == "__main__":
    sys.exit(main())
