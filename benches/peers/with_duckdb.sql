-- The job in SQL. `entries` (date, contract, task, line, quantity, unit) and
-- `lines` (order_lines.csv, quantities and money as DECIMAL(18, 2)) are there.
-- DECIMAL / DECIMAL is a float in DuckDB, so what is divided is whole numbers:
-- quantities in hundredths, time in microseconds.

CREATE MACRO divided(a, b) AS
    CASE WHEN a < 0 THEN -((-2 * a + b) // (2 * b)) ELSE (2 * a + b) // (2 * b) END;
CREATE MACRO fixed(a) AS CAST(CAST(a AS DECIMAL(18, 0)) * 0.01 AS DECIMAL(18, 2));

CREATE MACRO seconds(unit) AS CASE unit WHEN 'Hours' THEN 3600 WHEN 'Days' THEN 28800 WHEN 'Minutes' THEN 60 END;

-- To the microsecond: 0.3333333333333333 hours are 20 minutes.
CREATE TEMP TABLE sums AS
SELECT line, task, contract, unit,
       CAST(sum(CAST(quantity * seconds(unit) AS DECIMAL(18, 6))) * 1000000 AS HUGEINT) AS worked
FROM entries
WHERE date <= DATE '2026-03-31'
GROUP BY ALL;

CREATE TEMP TABLE l AS
SELECT lines.* EXCLUDE (ordered, delivered, subtotal),
       CAST(ordered * 100 AS HUGEINT) AS ordered,
       CAST(delivered * 100 AS HUGEINT) AS exported,
       CAST(subtotal * 100 AS HUGEINT) AS subtotal,
       state IN ('sale', 'done') AS confirmed,
       CAST(seconds(unit) * 10000 AS HUGEINT) AS hundredth -- of a unit, in microseconds
FROM lines;

CREATE TEMP TABLE pools AS
SELECT contract, first(hundredth) AS hundredth, CASE WHEN count(*) = 1 THEN first(id) END AS only
FROM l WHERE tracking = 'contract' AND confirmed GROUP BY contract;

-- Rule 4: the line, else the line of the task, else the contract; one line's alone.
CREATE TEMP TABLE attributed AS
SELECT coalesce(named.id, tasked.id, pools.only) AS id,
       coalesce(named.confirmed, tasked.confirmed, pools.only IS NOT NULL) AS confirmed,
       CASE WHEN sums.line IS NULL THEN sums.contract END AS contract,
       sums.unit, sums.worked
FROM sums
LEFT JOIN l AS named ON named.id = sums.line
LEFT JOIN l AS tasked ON tasked.task = sums.task AND sums.line IS NULL
LEFT JOIN pools ON pools.contract = sums.contract AND sums.line IS NULL;

-- Rule 5.2: each unit's sum is converted and rounded once.
CREATE TEMP TABLE named AS
SELECT id, sum(divided(worked, hundredth)) AS named
FROM (SELECT id, unit, sum(worked) AS worked FROM attributed WHERE confirmed GROUP BY ALL)
JOIN (SELECT id, hundredth FROM l WHERE hundredth IS NOT NULL) USING (id)
GROUP BY id;

CREATE TEMP TABLE totals AS
SELECT contract, sum(divided(worked, hundredth)) AS total
FROM (SELECT contract, unit, sum(worked) AS worked FROM attributed WHERE id IS NULL GROUP BY ALL)
JOIN pools USING (contract)
GROUP BY contract;

-- Rule 3.5: a pool is drawn down line by line, the excess on the last.
CREATE TEMP TABLE shares AS
WITH rooms AS (
    SELECT id, contract, policy, order_date, "order", sequence,
           coalesce(total, 0) AS total,
           greatest(ordered - coalesce(named, 0), 0) AS room
    FROM l LEFT JOIN named USING (id) LEFT JOIN totals USING (contract)
    WHERE tracking = 'contract' AND confirmed
), places AS (
    SELECT *, total - coalesce(sum(room) OVER (before ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS "left",
           row_number() OVER before AS place, count(*) OVER (PARTITION BY contract) AS places
    FROM rooms
    WINDOW before AS (PARTITION BY contract ORDER BY policy <> 'ordered', order_date, "order", sequence, id)
)
SELECT id, place,
       CASE WHEN place = places THEN greatest("left", 0) ELSE least(greatest("left", 0), room) END AS share
FROM places;

-- Rule 6.
CREATE TEMP TABLE settled AS
WITH figures AS (
    SELECT l.*, coalesce(place, 1) AS place,
           CASE WHEN place IS NULL THEN id ELSE contract END AS pool,
           place IS NOT NULL AS pooled,
           CASE WHEN tracking IN ('contract', 'task')
                THEN CASE WHEN confirmed THEN coalesce(named, 0) + coalesce(share, 0) END
                WHEN tracking = 'manual' OR confirmed THEN exported END AS ours
    FROM l LEFT JOIN named USING (id) LEFT JOIN shares USING (id)
)
SELECT *,
       CASE WHEN policy = 'ordered' AND confirmed
            THEN divided(greatest(least(ours, ordered), 0) * subtotal, ordered) END AS consumed,
       CASE WHEN policy = 'ordered' AND confirmed
            THEN divided(greatest(ours - ordered, 0) * subtotal, ordered) END AS overrun
FROM figures;

CREATE TEMP TABLE judged AS
SELECT pooled, pool, ordered, ours, overrun, ids,
       CASE WHEN sells AND ours > 0 AND ours >= ordered THEN 'upsell'
            WHEN sells AND ours > 0 AND ours * 10 >= ordered * 8 THEN 'near'
            ELSE 'ok' END AS status
FROM (
    SELECT pooled, pool, sum(ordered) AS ordered, sum(ours) AS ours, sum(overrun) AS overrun,
           string_agg(id, ' ' ORDER BY place) AS ids,
           bool_or(state = 'sale' AND policy = 'ordered' AND tracking <> 'none') AS sells
    FROM settled GROUP BY pooled, pool
);
