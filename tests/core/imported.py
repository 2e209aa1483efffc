"""Rows as a person imports them: csv bytes -> preview -> change -> ledger -> inventory, nothing beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from core.exchange import change_of, preview
from core.inventory import Choices, Inventory, Period, compile_inventory
from core.ledger import Allocation, Ledger, Plant, Record, Step
from core.library import Library, load_library
from core.library.load import read_factors
from tests.core.samples import PLANT, YEAR

COLUMNS = (
    "source", "method", "item", "start", "end", "quantity", "unit", "estimated", "evidence", "note", "category",
    "parameters",
)  # fmt: skip
_LIBRARY = load_library()
_NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_STATED = "item,use,region,year,unit,CO2,CH4,N2O,CO2e,value,place,lower,upper\n"


def csv_of(rows: Iterable[Mapping[str, str]]) -> bytes:
    """The file, with the columns that the rows have."""
    kept = [dict(row) for row in rows]
    columns = [key for key in COLUMNS if any(key in row for row in kept)]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept)
    return out.getvalue().encode("utf-8-sig")


def stating(*rows: Mapping[str, str], country: str = "ZZ") -> Library:
    """The shipped library and one more factor set: the numbers that an example states for its own country."""
    head = (
        "# title_en: Stated by the example\n# title_zh: 例中给定\n# publisher: Example\n# edition: 1\n# year: 2024\n"
        f"# published: 2024-01-01\n# licence: facts\n# rank: 1\n{_STATED}"
    )
    out = io.StringIO()
    writer = csv.DictWriter(out, _STATED.strip().split(","), lineterminator="\n")
    writer.writerows({"region": country, "place": "stated", **row} for row in rows)
    return _LIBRARY.with_sets(read_factors("stated.csv", head + out.getvalue()))


def imported(
    rows: Iterable[Mapping[str, str]],
    *,
    plant: Plant = PLANT,
    period: Period = YEAR,
    gwp: str = "AR5",
    policy: str = "ghg-protocol",
    library: Library = _LIBRARY,
    others: tuple[Record, ...] = (),
) -> Inventory:
    """The inventory of a file; a refused row fails with the reason that the person reads."""
    covers = [one for one in others if isinstance(one, Allocation)]  # of the rows, which are there only then
    before = Ledger.of([plant, *(one for one in others if not isinstance(one, Allocation))])
    seen = preview(csv_of(rows), before, library, "rows.csv")
    assert not seen.refused, [one.message.in_language("en") for one in seen.refused]
    ledger = before.apply(change_of(seen, before, "Li Na", _NOW).steps)
    ledger = ledger.apply([Step("allocation", one.id, None, one) for one in covers])
    return compile_inventory(ledger, Choices(period, gwp, policy), library)
