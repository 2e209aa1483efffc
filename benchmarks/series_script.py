"""What somebody would write with pandas or DuckDB and their default settings.

Run by ``series_import.py`` in another environment. DuckDB is run once before it is timed, as ours is; pandas gains
nothing from that.
"""

import sqlite3
import sys
import time
from importlib import import_module
from pathlib import Path


def to_sql(source: str, target: Path) -> None:
    pandas = import_module("pandas")
    connection = sqlite3.connect(target)
    pandas.read_csv(source, parse_dates=["time"]).to_sql("readings", connection, index=False)
    connection.close()


def duckdb(source: str, target: Path) -> None:
    connection = import_module("duckdb").connect(str(target))
    connection.execute("create table readings as select * from read_csv(?)", [source])
    connection.close()


def main(name: str, source: str, folder: str) -> None:
    way = {"to_sql": to_sql, "duckdb": duckdb}[name]
    taken = 0.0
    for number in range(2 if name == "duckdb" else 1):
        import_module("pandas" if name == "to_sql" else name)
        target = Path(folder) / f"{name}{number}.db"
        target.unlink(missing_ok=True)
        began = time.perf_counter()
        way(source, target)
        taken = time.perf_counter() - began
        target.unlink()
    print(taken)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3])
