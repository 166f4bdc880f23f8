"""The job with polars: lazy scans, whole numbers.

Time is in microseconds, quantities in hundredths, money in cents. A quantity is
read as a float and rounded to a whole number at once, which is exact: floats
hold whole numbers up to 2 ** 53, and no entry comes near it.
"""

import os
import sys

from job import AS_OF, DELIVERED, UPSELL, arguments

data, out, threads = arguments()
os.environ["POLARS_MAX_THREADS"] = str(threads)

import polars as pl  # noqa: E402

HUNDREDTH = {"Hours": 36_000_000, "Days": 288_000_000, "Minutes": 600_000}
WANTED = ["date", "contract", "task", "line", "quantity", "unit"]


def whole(column, times):
    return (pl.col(column) * times).round().cast(pl.Int64)


def divided(a, b):
    """Half away from zero."""
    return a.sign() * ((2 * a.abs() + b) // (2 * b))


def fixed(a, decimals=2):
    """A whole number of hundredths as a decimal."""
    unit = 10**decimals
    sign = pl.when(a < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    rest = (a.abs() % unit).cast(pl.String).str.zfill(decimals)
    return pl.concat_str(sign, (a.abs() // unit).cast(pl.String), pl.lit("."), rest)


def entries():
    workbooks = sorted(data.glob("timesheets-*.xlsx"))
    if workbooks:
        types = {name: pl.String for name in WANTED} | {"date": pl.Date, "quantity": pl.Float64}
        sheets = [pl.read_excel(path, columns=WANTED, schema_overrides=types) for path in workbooks]
        return pl.concat(sheets).lazy().filter(pl.col("date") <= pl.lit(AS_OF).str.to_date())
    types = {name: pl.String for name in WANTED} | {"quantity": pl.Float64}
    scan = pl.scan_csv(data / "timesheets-*.csv", schema_overrides=types)
    return scan.filter(pl.col("date") <= AS_OF)


def main():
    unit = pl.col("unit")
    sums = (
        entries()
        .with_columns(
            (pl.col("quantity") * unit.replace_strict(HUNDREDTH, return_dtype=pl.Float64) * 100)
            .round()
            .cast(pl.Int64)
            .alias("worked")
        )
        .group_by("line", "task", "contract", "unit")
        .agg(pl.col("worked").sum())
        .collect(engine="streaming")
    )

    confirmed = pl.col("state").is_in(["sale", "done"])
    lines = (
        pl.read_csv(
            data / "order_lines.csv",
            infer_schema=False,
            schema_overrides={
                "ordered": pl.Float64,
                "delivered": pl.Float64,
                "subtotal": pl.Float64,
                "sequence": pl.Int64,
            },
        )
        .with_columns(
            whole("ordered", 100),
            whole("delivered", 100).alias("exported"),
            whole("subtotal", 100),
            confirmed.alias("confirmed"),
            unit.replace_strict(HUNDREDTH, default=None, return_dtype=pl.Int64).alias("hundredth"),
        )
    )

    # Rule 4: the line, else the line of the task, else the contract; one line's alone.
    pooled = lines.filter((pl.col("tracking") == "contract") & pl.col("confirmed"))
    alone = pooled.filter(pl.len().over("contract") == 1).select("contract", only="id")
    by_id = lines.select(line="id", by_id="id", id_confirmed="confirmed")
    by_task = lines.filter(pl.col("task").is_not_null()).select(
        "task", by_task="id", task_confirmed="confirmed"
    )
    attributed = (
        sums.join(by_id, on="line", how="left")
        .join(by_task, on="task", how="left")
        .join(alone, on="contract", how="left")
        .with_columns(
            id=pl.when(pl.col("line").is_null())
            .then(pl.coalesce("by_task", "only"))
            .otherwise("by_id"),
            confirmed=pl.when(pl.col("line").is_null())
            .then(pl.coalesce("task_confirmed", pl.col("only").is_not_null()))
            .otherwise("id_confirmed"),
        )
    )

    # Rule 5.2: each unit's sum is converted and rounded once.
    def converted(sums, by):
        summed = sums.group_by(by, "unit").agg(pl.col("worked").sum(), pl.col("hundredth").first())
        each = divided(pl.col("worked"), pl.col("hundredth"))
        return summed.group_by(by).agg(each.sum().alias("amount"))

    named = converted(
        attributed.filter("confirmed").join(
            lines.filter(pl.col("hundredth").is_not_null()).select("id", "hundredth"), on="id"
        ),
        "id",
    ).rename({"amount": "named"})
    totals = converted(
        attributed.filter(pl.col("id").is_null() & pl.col("line").is_null()).join(
            pooled.unique("contract", keep="first").select("contract", "hundredth"), on="contract"
        ),
        "contract",
    ).rename({"amount": "total"})
    lines = lines.join(named, on="id", how="left").with_columns(pl.col("named").fill_null(0))

    # Rule 3.5: a pool is drawn down line by line, the excess on the last.
    room = (pl.col("ordered") - pl.col("named")).clip(lower_bound=0)
    left = (pl.col("total") - (room.cum_sum().over("contract") - room)).clip(lower_bound=0)
    shares = (
        lines.filter((pl.col("tracking") == "contract") & pl.col("confirmed"))
        .join(totals, on="contract", how="left")
        .with_columns(pl.col("total").fill_null(0))
        .sort(pl.col("policy") != "ordered", "order_date", "order", "sequence", "id")
        .with_columns(place=pl.int_range(pl.len()).over("contract"), places=pl.len().over("contract"))
        .select(
            "id",
            "place",
            pool="contract",
            share=pl.when(pl.col("place") == pl.col("places") - 1)
            .then(left)
            .otherwise(pl.min_horizontal(left, room)),
        )
    )

    # Rule 6.
    recorded = (pl.col("tracking") == "manual") | pl.col("confirmed")
    valued = (pl.col("policy") == "ordered") & pl.col("confirmed")
    ordered, ours, subtotal = pl.col("ordered"), pl.col("ours"), pl.col("subtotal")
    lines = (
        lines.join(shares, on="id", how="left")
        .with_columns(
            pooled=pl.col("pool").is_not_null(),
            pool=pl.coalesce("pool", "id"),
            place=pl.col("place").fill_null(0),
            ours=pl.when(pl.col("tracking").is_in(["contract", "task"]))
            .then(pl.when("confirmed").then(pl.col("named") + pl.col("share").fill_null(0)))
            .otherwise(pl.when(recorded).then(pl.col("exported"))),
        )
        .with_columns(
            consumed=pl.when(valued).then(
                divided(pl.min_horizontal(ours, ordered).clip(lower_bound=0) * subtotal, ordered)
            ),
            overrun=pl.when(valued).then(
                divided((ours - ordered).clip(lower_bound=0) * subtotal, ordered)
            ),
        )
    )
    sells = (
        (pl.col("state") == "sale") & (pl.col("policy") == "ordered") & (pl.col("tracking") != "none")
    )
    judged = (
        lines.sort("place")
        .with_columns(sells=sells)
        .group_by("pooled", "pool", maintain_order=True)
        .agg(
            pl.col("sells").any(),
            pl.col("ordered", "ours", "overrun").sum(),
            pl.col("id").str.join(" ").alias("lines"),
            pl.col("id").first(),
        )
        .with_columns(
            status=pl.when(pl.col("sells") & (ours > 0) & (ours >= ordered))
            .then(pl.lit("upsell"))
            .when(pl.col("sells") & (ours > 0) & (ours * 10 >= ordered * 8))
            .then(pl.lit("near"))
            .otherwise(pl.lit("ok"))
        )
    )

    state = pl.col("state")
    lines.join(judged.select("pooled", "pool", "status"), on=["pooled", "pool"]).sort(
        "order", "sequence", "id"
    ).select(
        "order",
        "customer",
        "product",
        "contract",
        "unit",
        "currency",
        line="id",
        ordered=fixed(ordered),
        delivered=fixed(ours),
        exported=fixed(pl.col("exported")),
        difference=fixed(ours - pl.col("exported")),
        remaining=fixed(ordered - ours),
        used=fixed(divided(ours * 10_000, ordered), 4),
        consumed_value=fixed(pl.col("consumed")),
        overrun_value=fixed(pl.col("overrun")),
        status=pl.when(state.is_in(["draft", "sent"]))
        .then(pl.lit("not_confirmed"))
        .when(state == "cancel")
        .then(pl.lit("cancelled"))
        .when(pl.col("tracking") == "none")
        .then(pl.lit("not_tracked"))
        .when(state == "done")
        .then(pl.lit("locked"))
        .otherwise("status"),
    ).select(DELIVERED).write_csv(out / "delivered.csv")

    head = ["id", "order", "customer", "salesperson", "product", "contract", "unit", "currency"]
    judged.filter(pl.col("status") == "upsell").join(lines.select(head), on="id").sort(
        "currency", -pl.col("overrun"), "order", "id"
    ).select(
        *head[1:],
        "lines",
        ordered=fixed(ordered),
        delivered=fixed(ours),
        excess=fixed(ours - ordered),
        used=fixed(divided(ours * 10_000, ordered), 4),
        overrun_value=fixed(pl.col("overrun")),
    ).select(UPSELL).write_csv(out / "upsell.csv")


if __name__ == "__main__":
    sys.exit(main())
