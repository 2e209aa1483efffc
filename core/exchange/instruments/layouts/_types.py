"""What every layout of a registry is and gives. It says what stands where; what the plant holds is looked at later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar

from core.exchange.tables import Field
from core.i18n import Text
from core.instruments import Serials
from core.ledger import Instrument

R = TypeVar("R")
Said = Mapping[str, Any]
"""Values of a row by the key of the column, empty cells left out."""
LONGEST_SERIALS = 30_000
"""Characters of a cell with serial numbers; a spreadsheet program keeps 32,767."""
NO_NUMBERS: tuple[Serials, ...] = ()


class NotNeeded(Exception):
    """A row that speaks of something else and is passed over, with the reason."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True)  # slots and a type argument do not go together before Python 3.12
class Layout(Generic[R]):
    """One layout of one registry. A file of this folder that defines ``LAYOUT`` is found by itself."""

    key: str
    """The name of its file."""
    title: Text
    seen: str
    """Where the headings were seen, or that they come from descriptions alone."""
    fields: tuple[Field, ...]
    """Columns that are looked for. Besides those of a table, ``form`` may be ``serial`` (numbers, never shortened),
    ``span`` (month or two days), ``moment`` (a day whose time of day does not matter), ``energy`` (unit in the heading)
    or ``count`` (a whole number)."""
    marks: tuple[tuple[str, ...], ...]
    """Keys of columns by which it is recognised: one of each group must be there."""
    make: Callable[[Said], R]
    """The record of a row without serial numbers and quantity. Raises UserError, or NotNeeded to pass the row over."""
    numbers: Callable[[Said], tuple[Serials, ...]]
    """The certificates of a row; none: it has no numbers."""
    quantity: Callable[[Said], Decimal]
    """[MWh], of credits [t CO2e]"""
    single: tuple[str, ...] = ()
    """Keys of columns that differ between certificates of one lot: ``make`` does not look at them."""
    unit: str = ""
    """Of an ``energy`` whose heading names none; empty: then the file is refused."""
    day_first: bool = False
    """Whether 05/04/2024 is known to be the fifth of April here."""


def one_of(said: Said, *keys: str) -> Any:
    """The first of these columns that says something, or None."""
    return next((said[key] for key in keys if key in said), None)


def text_of(said: Said, *keys: str) -> str:
    """The same, in words."""
    found = one_of(said, *keys)
    return "" if found is None else str(found)


def day_of(said: Said, key: str) -> str:
    """A day as records keep it, or nothing."""
    return said[key].isoformat() if key in said else ""


def certificate_of(said: Said, period: tuple[date, date], *, market: str, scheme: str) -> Instrument:
    """What every registry says of a certificate; id, name and quantity come later, when its rows are put together."""
    return Instrument(
        id="",
        name="",
        kind="certificate",
        market=market,
        start=period[0],
        end=period[1],
        quantity=Decimal(0),
        scheme=scheme,
        commissioned=day_of(said, "commissioned"),
        expires=day_of(said, "expires"),
        beneficiary=text_of(said, "beneficiary"),
        purpose=text_of(said, "purpose"),
        note=text_of(said, "note"),
    )


def from_to(said: Said) -> tuple[date, date]:
    """The days of a row that may state its end apart."""
    return said["start"][0], said["end" if "end" in said else "start"][1]
