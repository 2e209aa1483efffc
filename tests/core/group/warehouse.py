"""A small group with everything in it that a roll-up could stumble over, and what it must give."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.group.packed import KINDS, Packed
from core.group.year.consolidated import Consolidated
from core.group.year.consolidating import consolidate
from core.group.year.rollup import Row, rows_of
from core.ledger import Company, Group, Register, Site, Stake, Transfer
from core.library import GASES
from core.methods import SCOPES
from core.store import Filed
from tests.core.group.plants import Row as Line
from tests.core.group.plants import filed, packed

YEARS = (2023, 2024)
NAMES = ("Fángshān 房山", "O'Neill's \"Works\"", "Kraków", "Tab\tless, Ltd", "Elsewhere")


def register() -> Register:
    """Three companies and four plants; the fifth is not in it."""
    countries = ("CN", "US", "PL", "CN")
    sites = [
        Site(f"s{n}", name, country, f"Business {n % 2}")
        for n, (name, country) in enumerate(zip(NAMES, countries, strict=False))
    ]
    return Register.of([
        Group("Group", approach="equity_share"), Company("c1", "Brakes 有限公司", "CN"), Company("c2", "Dampers", "PL"),
        *sites, Stake("1", "group", "c1", "", percent=Decimal("83.3")), Stake("2", "group", "c2", ""),
        Stake("3", "c1", "s0", ""), Stake("4", "c2", "s1", "2023-06-16"), Stake("5", "c2", "s2", "", "2024-02-10"),
        Transfer("t1", "s0", "s1", "Meter", percent=Decimal("37.5")),
    ])  # fmt: skip


def reports(year: int) -> list[tuple[Filed, Packed]]:
    """Large, tiny and negative amounts in every scope and gas."""
    made = []
    for n, name in enumerate(NAMES):
        lines: list[Line] = [
            (scope, (at * 5 + n) % 16 if scope == "scope3" else 0, gas, month, source, f"r{at}",
             (-1) ** (at + g) * (10 ** (2 * g) * (7 + month * 13 + n) + year))
            for at, scope in enumerate(SCOPES) for g, gas in enumerate(KINDS[: 5 + n]) for month in range(0, 12, 1 + n)
            for source in ("Meter", "Boiler «1»")
        ]  # fmt: skip
        country = "DE" if name == "Elsewhere" else ("CN", "US", "PL", "CN")[n]
        made.append((filed(name, year, country, revision=n), packed(lines, (year, 1))))
    return made


def years() -> list[Consolidated]:
    """The group's years."""
    return [consolidate(register(), reports(year), year) for year in YEARS]


def pieces() -> Iterator[tuple[str, Iterator[Row]]]:
    """The tables."""
    yield from rows_of((found, reports(found.year)) for found in years())


def expected() -> dict[str, list[Row]]:
    """What each roll-up must give, from the cells and not from SQL; amounts in billionths."""
    answers: dict[str, list[Row]] = {}
    for found in years():
        for name, rows in _of_year(found).items():
            answers.setdefault(name, []).extend((found.year, *row) for row in rows)
    return {name: sorted(rows, key=repr) for name, rows in answers.items()}


def _of_year(found: Consolidated) -> dict[str, list[Row]]:
    answers: dict[str, list[Row]] = {
        f"by_{name}": _both(found, name) for name in ("month", "country", "company", "business", "gas")
    }
    answers["by_year"] = [(_whole(found.location), _whole(found.market))]
    plants = {one.key: (one.name, one.country) for one in found.members}
    answers["by_plant"] = [(row[0], *plants[str(row[0])], *row[1:]) for row in _both(found, "plant")]
    answers["by_source"] = [(*str(row[0]).rsplit(": ", 1), *row[1:]) for row in _both(found, "source")]
    answers["by_scope"] = [(scope, _whole(value)) for scope, value in found.by("scope").items()]
    answers["by_category"] = [(int(key), _whole(value)) for key, value in found.by("category").items()]
    totals = found.totals
    answers["memos"] = [("biogenic", _whole(totals["biogenic"])), ("other", _whole(totals["outside_basket"]))]
    answers["eliminated"] = [(one.transfer.id, one.scope, _whole(one.tonnes)) for one in found.eliminated]
    answers["certified"] = [
        (one.sha256, scope, total) for one, lines in reports(found.year) for scope, total in _certified(lines).items()
    ]
    return answers


def _certified(lines: Packed) -> dict[str, int]:
    sums: dict[str, int] = {}
    columns = (lines.columns["scope"].tolist(), lines.columns["gas"].tolist(), lines.amounts.tolist())
    for scope, gas, amount in zip(*columns, strict=True):
        if gas < len(GASES):
            sums[SCOPES[scope]] = sums.get(SCOPES[scope], 0) + amount
    return sums


def _both(found: Consolidated, dimension: str) -> list[Row]:
    one, other = found.by(dimension), found.by(dimension, "market")
    zero = Decimal(0)
    return [(key, _whole(one.get(key, zero)), _whole(other.get(key, zero))) for key in sorted({*one, *other})]


def _whole(tonnes: Decimal) -> int:
    return int(tonnes.scaleb(9))
