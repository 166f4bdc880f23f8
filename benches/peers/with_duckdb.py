"""The job in DuckDB's SQL (with_duckdb.sql); workbooks come in by fastexcel."""

import sys
from pathlib import Path

import duckdb

from job import arguments

SHEET = {
    "id": "VARCHAR",
    "date": "DATE",
    "employee": "VARCHAR",
    "project": "VARCHAR",
    "contract": "VARCHAR",
    "task": "VARCHAR",
    "line": "VARCHAR",
    "description": "VARCHAR",
    "quantity": "DOUBLE",
    "unit": "VARCHAR",
}
DECIMALS = {name: "DECIMAL(18, 2)" for name in ("ordered", "delivered", "subtotal")}


def main():
    data, out, threads = arguments()
    base = duckdb.connect(config={"threads": threads})
    if workbooks := sorted(data.glob("timesheets-*.xlsx")):
        import fastexcel
        import pyarrow

        wanted = ["date", "contract", "task", "line", "quantity", "unit"]
        types = {name: "string" for name in wanted} | {"date": "date", "quantity": "float"}
        sheets = [
            fastexcel.read_excel(path).load_sheet(0, use_columns=wanted, dtypes=types).to_arrow()
            for path in workbooks
        ]
        base.register("entries", pyarrow.Table.from_batches(sheets))
    else:
        base.execute(
            f"CREATE TEMP VIEW entries AS FROM read_csv('{data}/timesheets-*.csv', header = true,"
            f" delim = ',', quote = '\"', escape = '\"', auto_detect = false, columns = {SHEET})"
        )
    base.execute(
        f"CREATE TEMP TABLE lines AS FROM read_csv('{data}/order_lines.csv', header = true,"
        f" all_varchar = true, types = {DECIMALS | {'sequence': 'INTEGER'}})"
    )
    base.execute(Path(__file__).with_suffix(".sql").read_text())
    base.execute(
        f"""
        COPY (
            SELECT "order", id AS line, customer, product, settled.contract, fixed(settled.ordered) AS ordered,
                   unit, fixed(settled.ours) AS delivered, fixed(exported) AS exported,
                   fixed(settled.ours - exported) AS difference,
                   fixed(settled.ordered - settled.ours) AS remaining,
                   CAST(CAST(divided(settled.ours * 10000, settled.ordered) AS DECIMAL(18, 0)) * 0.0001
                        AS DECIMAL(18, 4)) AS used,
                   fixed(consumed) AS consumed_value, fixed(settled.overrun) AS overrun_value, currency,
                   CASE WHEN state IN ('draft', 'sent') THEN 'not_confirmed'
                        WHEN state = 'cancel' THEN 'cancelled'
                        WHEN tracking = 'none' THEN 'not_tracked'
                        WHEN state = 'done' THEN 'locked'
                        ELSE status END AS status
            FROM settled JOIN judged USING (pooled, pool)
            ORDER BY "order", sequence, id
        ) TO '{out}/delivered.csv' (HEADER)
        """
    )
    base.execute(
        f"""
        COPY (
            SELECT "order", ids AS lines, customer, salesperson, product, settled.contract,
                   fixed(judged.ordered) AS ordered, unit, fixed(judged.ours) AS delivered,
                   fixed(judged.ours - judged.ordered) AS excess,
                   CAST(CAST(divided(judged.ours * 10000, judged.ordered) AS DECIMAL(18, 0)) * 0.0001
                        AS DECIMAL(18, 4)) AS used,
                   fixed(judged.overrun) AS overrun_value, currency
            FROM judged JOIN settled USING (pooled, pool)
            WHERE status = 'upsell' AND place = 1
            ORDER BY currency, judged.overrun DESC, "order", id
        ) TO '{out}/upsell.csv' (HEADER)
        """
    )


if __name__ == "__main__":
    sys.exit(main())
