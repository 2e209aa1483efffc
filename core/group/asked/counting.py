"""What of a plant's emissions counts for the group: month by month and without what own plants deliver to each other,
so that those who ask are told the same tonnes as the report of the group states."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from core.disclosures.value import PointValue
from core.group.packed import KINDS, tonnes
from core.group.year.cells import sums
from core.group.year.consolidated import Consolidated
from core.inventory.totals import LOCATION
from core.ledger.codec import read_decimal
from core.library import EXACT, GASES
from core.methods import BIOGENIC, KG, SCOPES, exact_sum, plain

Row = tuple[str, ...]
DIRECT = ("scope1", "scope2_location")
"""What intensities are of."""
_SCOPES: Mapping[str, str] = {
    "ghg.s1": "scope1", "ghg.s2_lb": "scope2_location", "ghg.s2_mb": "scope2_market", "ghg.s3": "scope3",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tonnes:
    """What counts of one report."""

    cells: Mapping[tuple[str, int, str], Decimal]
    """By scope, category of scope 3 and gas. [t CO2e]"""

    def of(self, scopes: Iterable[str], gases: Iterable[str] = GASES, category: int | None = None) -> Decimal:
        """Of some scopes and gases. [t CO2e]"""
        wanted, kinds = frozenset(scopes), frozenset(gases)
        return exact_sum(
            value for (scope, number, gas), value in self.cells.items()
            if scope in wanted and gas in kinds and category in (None, number)
        )  # fmt: skip


def counted_tonnes(found: Consolidated) -> Mapping[str, Tonnes]:
    """What counts of each report of a year, by the SHA-256 of its file; exact."""
    columns = {name: column.astype(np.int64) for name, column in found.rough.columns.items() if name != "amount"}
    keys = ((columns["report"] * len(SCOPES) + columns["scope"]) * 256 + columns["category"]) * 256 + columns["gas"]
    cells: dict[str, dict[tuple[str, int, str], Decimal]] = {one.sha256: {} for one in found.reports}
    for key, amount in sums(keys, found.rough.amounts).items():
        rest, gas = divmod(key, 256)
        rest, category = divmod(rest, 256)
        report, scope = divmod(rest, len(SCOPES))
        cells[found.reports[report].sha256][SCOPES[scope], category, KINDS[gas]] = tonnes(amount)
    return {sha256: Tonnes(own) for sha256, own in cells.items()}


def counted_values(told: Mapping[str, PointValue], counted: Tonnes) -> Mapping[str, PointValue]:
    """The emissions among the data points of a report, as much of them as counts.

    Parameters
    ----------
    told
        as the report tells them.
    counted
        of the same report.

    Returns
    -------
    Mapping
        by data point; those of which the report says nothing are not there.

    Notes
    -----
    Totals by scope, gas and category are sums of cells. Rows of kinds of sources, tonnes on primary data, and what is
    above the line of an intensity, of which the cells know nothing, count with c / r: what counts of their scope or
    category by what was reported of it. The largest row takes the rest of rounding, so that rows add up to the scope.
    """
    known = {key: one for key, one in told.items() if one.known}
    made = {key: replace(known[key], value=counted.of((scope,))) for key, scope in _SCOPES.items() if key in known}
    if "ghg.biogenic" in known:
        made["ghg.biogenic"] = replace(known["ghg.biogenic"], value=counted.of(LOCATION, (BIOGENIC,)))
    for key, rows in _TABLES.items():
        if key in known:
            made[key] = replace(known[key], rows=rows(known[key].rows, counted))
    for key in ("ghg.int_rev", "ghg.int_unit"):
        one = known.get(key)
        if one is not None and one.parts is not None:
            reported = [known[part].value for part in ("ghg.s1", "ghg.s2_lb") if part in known]
            whole = exact_sum(value for value in reported if isinstance(value, Decimal))
            made[key] = replace(one, parts=(_part(one.parts[0], counted.of(DIRECT), whole), one.parts[1]))
    return made


def _part(amount: Decimal, counted: Decimal, reported: Decimal) -> Decimal:
    """As much of an amount as counts of what it is a part of."""
    if not reported or counted == reported:
        return amount
    return EXACT.quantize(EXACT.divide(EXACT.multiply(amount, counted), reported), KG)


def _gases(rows: tuple[Row, ...], counted: Tonnes) -> tuple[Row, ...]:
    return tuple((row[0], plain(counted.of(("scope1",), (row[0],)))) for row in rows)


def _categories(rows: tuple[Row, ...], counted: Tonnes) -> tuple[Row, ...]:
    return tuple(_category(row, counted) for row in rows)


def _category(row: Row, counted: Tonnes) -> Row:
    number, way, reported, primary = row
    counts = counted.of(("scope3",), category=int(number))
    own = _part(read_decimal(primary), counts, read_decimal(reported))
    return number, way, plain(counts), plain(own)


def _types(rows: tuple[Row, ...], counted: Tonnes) -> tuple[Row, ...]:
    whole, amounts = counted.of(("scope1",)), [read_decimal(row[1]) for row in rows]
    reported = exact_sum(amounts)
    parts = [_part(one, whole, reported) for one in amounts]
    if parts:
        largest = max(range(len(parts)), key=lambda at: (abs(parts[at]), -at))
        parts[largest] = EXACT.add(parts[largest], EXACT.subtract(whole, exact_sum(parts)))
    return tuple((row[0], plain(part)) for row, part in zip(rows, parts, strict=True))


_TABLES: Mapping[str, Callable[[tuple[Row, ...], Tonnes], tuple[Row, ...]]] = {
    "ghg.s1_gas": _gases,
    "ghg.s1_type": _types,
    "ghg.s3_cat": _categories,
}
