"""Ten thousand certificates of a registry's export, one a row: understood, compared and joined into one record."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

from sqlite_utils import Database

from benchmarks import data
from benchmarks.harness import Pair, Scale, timed
from core.exchange.instruments import read_instruments, taking_up
from core.ledger import Ledger

HEAD = ("绿证编号", "电量 [MWh]", "项目名称", "电量生产年月", "能源类型", "核销日期", "核销主体")
REST = ("1", "北山风电场", "2024-05", "风电", "2024-08-01", data.PLANT.name)


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """As many rows as the larger inventory has lines; both must find as many certificates."""
    count, held = scale.many, Ledger.of([data.PLANT])
    export = exported(count)
    (one,) = read_instruments(export, held, "export.csv").records
    if not one.quantity == theirs(export)() == count:
        raise RuntimeError("both ways should find all certificates")
    yield Pair(
        f"Take {count:,} rows of a registry's export up as one record, each compared with all others",
        "`csv` and sqlite-utils `insert_all` by number, in memory (understands and joins nothing)",
        timed(lambda: taking_up(read_instruments(export, held, "export.csv"), held)),
        timed(theirs(export)),
        runs=11,
    )


def exported(count: int) -> bytes:
    """Certificates of one lot, in the national system's words."""
    text = StringIO()
    csv.writer(text).writerows((HEAD, *((f"GEC{number:08d}", *REST) for number in range(count))))
    return text.getvalue().encode()


def theirs(export: bytes) -> Callable[[], int]:
    """A table whose key is the number, so that none can be there twice."""

    def run() -> int:
        db = Database(memory=True)
        table = db.table("certificate", pk=HEAD[0])
        table.insert_all(csv.DictReader(StringIO(export.decode())))
        found = table.count
        db.close()
        return found

    return run
