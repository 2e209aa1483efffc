"""The group as tables for other programs: certified lines, what counts of them, totals, plants, reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from core.errors import UserError
from core.exchange.bulk import Columns, Pieces, Row, write_csv, write_parquet, write_xlsx
from core.group.packed import Packed, tonnes
from core.group.year.consolidated import DIMENSIONS, Consolidated, Member
from core.group.year.consolidating import consolidate, reports_of
from core.group.year.rollup import TABLES as WAREHOUSE
from core.group.year.rollup import WHOLE, counted_rows, line_rows, rows_of
from core.i18n import T
from core.store import Filed, GroupFile

FORMATS = ("csv", "xlsx", "parquet")
_PLANT: Columns = {"plant": "text", "company": "text", "country": "text", "business": "text"}
TABLES: dict[str, Columns] = {
    "lines": {
        "year": "whole", **_PLANT, "month": "text", "scope": "text", "category": "whole", "gas": "text",
        "source": "text", "method": "text", "item": "text", "record": "text", "tonnes": "tonnes", "report": "text",
    },
    "consolidated": {
        "year": "whole", **_PLANT, "month": "text", "scope": "text", "category": "whole", "gas": "text",
        "source": "text", "transfer": "text", "tonnes": "tonnes", "report": "text",
    },
    "totals": {
        "year": "whole", "by": "text", "key": "text", "name": "text", "location": "tonnes", "market": "tonnes",
    },
    "plants": {
        "year": "whole", **_PLANT, "in_register": "text", "least_share": "text", "greatest_share": "text",
        "scope1": "tonnes", "scope2_location": "tonnes", "scope2_market": "tonnes", "scope3": "tonnes",
    },
    "reports": {
        "year": "whole", **_PLANT, "report": "text", "package": "text", "revision": "whole", "first_day": "text",
        "last_day": "text", "signed_by": "text", "signed_at": "text", "recalculated_equal": "text", "rebuilt": "text",
    },
}  # fmt: skip
"""For people: names, and tonnes with all their digits. ``lines`` are as signed, ``consolidated`` is what counts."""
SCOPES = ("scope1", "scope2_location", "scope2_market", "scope3")
ZERO = Decimal(0)


def export(group: GroupFile, years: Sequence[int], form: str, out: Path, approach: str | None = None) -> dict[str, int]:
    """Write the tables of some years.

    Parameters
    ----------
    group
        the open group file.
    years
        with accepted reports.
    form
        ``csv`` and ``parquet`` (a new folder), or ``xlsx`` (a new file). Parquet has the tables of
        ``resources/sql/schema.sql``, so that the roll-ups beside it run on them as they are, and tonnes beside amounts.
    out
        folder or file.
    approach
        None: that of the group.

    Returns
    -------
    dict of str to int
        rows of each table.

    Raises
    ------
    UserError
        when a year has no report, what writes Parquet is missing, or the disk refuses; nothing is written then.
    """
    for year in years:
        if not group.accepted(year):
            raise UserError(
                T("No report of {year} is accepted.", year=str(year)),
                T("Choose one of: {known}.", known=[str(one) for one in group.years()] or ["—"]),
            )
    if not years:
        raise UserError(T("No report is accepted yet."), T("Import the reports of the plants first."))
    if form == "parquet":
        return write_parquet(out, warehouse_tables(), _warehouse(group, years, approach))
    pieces = _pieces(group, years, approach)
    return write_csv(out, TABLES, pieces) if form == "csv" else write_xlsx(out, TABLES, pieces)


def warehouse_tables() -> dict[str, Columns]:
    """Columns of the Parquet files."""
    found: dict[str, Columns] = {}
    for name, columns in WAREHOUSE.items():
        kinds: dict[str, object] = {key: "whole" if key in WHOLE else "text" for key in columns}
        if "amount" in kinds:
            kinds |= {"amount": "amount", "tonnes": "tonnes"}
        found[name] = kinds  # type: ignore[assignment]
    return found


def _warehouse(group: GroupFile, years: Sequence[int], approach: str | None) -> Pieces:
    """The rows of the roll-ups; tonnes stand behind the amounts."""
    pairs = (
        (consolidate(group.register, reports_of(group, year), year, approach=approach), reports_of(group, year))
        for year in years
    )
    for name, rows in rows_of(pairs):
        if WAREHOUSE[name][-1] == "amount":
            yield name, ((*row, tonnes(int(row[-1]))) for row in rows)
        else:
            yield name, rows


def _pieces(group: GroupFile, years: Sequence[int], approach: str | None) -> Pieces:
    """One piece after the other: no more than a year's cells and a report's lines are in memory."""
    for year in years:
        found = consolidate(group.register, reports_of(group, year), year, approach=approach)
        yield "totals", _totals(found)
        yield "plants", _plants(found)
        yield "reports", _reports(found)
        yield "consolidated", _consolidated(found)
        members = {filed.sha256: found.members[at] for filed, at in zip(found.reports, found.member_of, strict=True)}
        for filed, packed in reports_of(group, year):
            if packed is not None and filed.sha256 in members:
                yield "lines", _lines(found, members[filed.sha256], filed, packed)


def _plant(found: Consolidated, member: Member) -> tuple[str, str, str, str]:
    return member.name, found.title(member.company), member.country, member.business


def _lines(found: Consolidated, member: Member, filed: Filed, packed: Packed) -> Iterator[Row]:
    plant = _plant(found, member)
    for report, month, scope, category, gas, source, item, record, amount in line_rows(filed, packed):
        method, _, what = str(item).partition("/")
        yield (found.year, *plant, month, scope, category, gas, source, method, what, record, tonnes(int(amount)),
               report)  # fmt: skip


def _consolidated(found: Consolidated) -> Iterator[Row]:
    plants = {member.key: _plant(found, member) for member in found.members}
    for year, site, report, month, scope, category, gas, source, transfer, amount in counted_rows(found):
        yield (year, *plants[str(site)], month, scope, category, gas, source, transfer, tonnes(int(amount)), report)


def _totals(found: Consolidated) -> Iterator[Row]:
    """Every way of laying out, one below the other; each adds up to the same total."""
    yield found.year, "total", "", "", found.location, found.market
    for dimension in DIMENSIONS:
        if dimension == "scope":
            for scope, value in found.totals.items():
                yield found.year, dimension, scope, scope, value, value
            continue
        location, market = found.by(dimension), found.by(dimension, "market")
        for key in sorted({*location, *market}):
            yield found.year, dimension, key, found.title(key), location.get(key, ZERO), market.get(key, ZERO)


def _plants(found: Consolidated) -> Iterator[Row]:
    cells = found.cross("plant", "scope")
    market = found.cross("plant", "scope", "market")
    for member in found.members:
        shares = member.shares.values()
        least, greatest = (f"{one(shares):f}" if shares else "" for one in (min, max))
        by_scope = [(market if scope == "scope2_market" else cells).get((member.key, scope), ZERO) for scope in SCOPES]
        yield (found.year, *_plant(found, member), "yes" if member.site is not None else "no", least, greatest,
               *by_scope)  # fmt: skip


def _reports(found: Consolidated) -> Iterator[Row]:
    for filed, at in zip(found.reports, found.member_of, strict=True):
        yield (
            found.year, *_plant(found, found.members[at]), filed.sha256, filed.package_sha256, filed.revision,
            filed.start, filed.end, "; ".join(filed.signed_by), filed.signed_at,
            "yes" if filed.recalculated_equal else "no", filed.rebuilt,
        )  # fmt: skip
