"""The plant's own factors as rows of a library."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from core.i18n import Name
from core.ledger import OwnFactor
from core.library.factors import Factor, FactorSet
from core.library.library import OWN
from core.library.units import EXACT

LONGEST = 30
"""Years that one own factor may be valid."""
_HUNDRED = Decimal(100)


def own_key(factor: OwnFactor | str) -> str:
    """Key of the set that an own factor makes up."""
    return f"own.{factor if isinstance(factor, str) else factor.id}"


def own_rows(factors: Iterable[OwnFactor]) -> tuple[Factor, ...]:
    """A row for each year in which each own factor is valid."""
    return tuple(row for factor in factors for row in _rows(factor))


def _rows(own: OwnFactor) -> tuple[Factor, ...]:
    first = own.valid_from.year
    last = min(own.valid_to.year, first + LONGEST - 1)
    numbers = {key: Decimal(number) for key, number in own.amounts}
    value = numbers.pop("value", None)
    if bool(numbers) == (value is not None):
        return ()
    publication = FactorSet(
        key=own_key(own),
        title=Name(own.name, own.name),
        publisher=own.publisher,
        edition=own.document,
        year=first,
        published=own.valid_from.isoformat(),
        licence="",
        rank=0,
        note=own.note,
    )
    return tuple(_row(own, publication, year, numbers, value) for year in range(first, last + 1))


def _row(
    own: OwnFactor, publication: FactorSet, year: int, numbers: dict[str, Decimal], value: Decimal | None
) -> Factor:
    row = Factor(
        key=f"{publication.key}.{own.item}.{own.use}.{year}",
        set=publication,
        item=own.item,
        use=own.use,
        region=OWN,
        data_year=year,
        unit=own.unit,
        amounts=numbers,
        value=value,
        place=own.place,
        status="USER",
        name=Name(own.name, own.name),
        general=own.general,
    )
    if not own.uncertainty:
        return row
    half = EXACT.divide(EXACT.multiply(row.headline, own.uncertainty), _HUNDRED)
    return replace(row, lower=EXACT.subtract(row.headline, half), upper=EXACT.add(row.headline, half))
