"""The sums of a group on DuckDB; run by ``group_consolidation.py`` in another environment.

The rows of all reports are made inside DuckDB from those of a few, before anything is timed.
"""

import sys
import time
from importlib import import_module

BASKET = "gas < 7"
LOCATION = f"{BASKET} AND scope IN (0, 1, 3)"
QUERIES = (
    f"SELECT year, scope, gas, SUM(amount) FROM line JOIN report USING (report) WHERE {BASKET} GROUP BY ALL",
    f"SELECT year, country, SUM(amount) FROM line JOIN report USING (report) WHERE {LOCATION} GROUP BY ALL",
    f"SELECT year, month, SUM(amount) FROM line JOIN report USING (report) WHERE {LOCATION} GROUP BY ALL",
    f"SELECT year, plant, SUM(amount) FROM line JOIN report USING (report) WHERE {LOCATION} GROUP BY ALL",
)


def main(folder: str) -> None:
    db = import_module("duckdb").connect()
    for name in ("report", "pool"):
        db.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv('{folder}/{name}.csv')")
    small = ", ".join(f"{name}::UTINYINT AS {name}" for name in ("scope", "category", "gas", "month"))
    db.execute(
        f"CREATE TABLE line AS SELECT report::INTEGER AS report, {small}, source::USMALLINT AS source,"
        " record::INTEGER AS record, amount::BIGINT AS amount FROM report JOIN pool USING (pack)"
    )
    for _ in sys.stdin:  # a line asks for a run, so that the rows are made once
        began = time.perf_counter()
        answers = [db.execute(query).fetchall() for query in QUERIES]
        print(time.perf_counter() - began, sum(row[-1] for row in answers[1]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
