"""What publishers' words mean here: data in ``resources/publishers``, and what a person adds to it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

from core.errors import UserError
from core.exchange.publishers import Published, Reader
from core.i18n import T
from core.library import Library
from core.library.units import normal

NOT_NEEDED = "-"
"""In place of an item: nobody who uses this program needs the row."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a publisher's words mean here."""

    item: str
    use: str
    region: str = ""
    """Where it is not the publisher's own."""
    unit: str = ""
    """Where it is not what the words of the unit say."""


@dataclass(slots=True)
class Words:
    """What a publisher's words mean."""

    reader: Reader
    library: Library
    mapping: Mapping[str, str]
    _own: dict[str, Target] = field(init=False)
    _units: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._own = {normal(name): self._target(target) for name, target in self.mapping.items()}
        self._units = _unit_words(self.reader.names)

    def _target(self, target: str) -> Target:
        item, _, use = target.partition("/")
        if item != NOT_NEEDED and item not in self.library.items:
            raise UserError(
                T("Unknown item “{item}”.", item=item), T("Use a key that “factors list” or the library page shows.")
            )
        return Target(item, use)

    def meaning(self, row: Published) -> tuple[Target, ...]:
        """The items and uses of a row, one or several; with an empty item or use where that is not known."""
        if row.item and row.use:
            return (Target(row.item, row.use),)
        known = _names(self.reader.names)
        whole = self._whole(row)
        own = self._own.get(normal(row.name))
        if own is not None:
            return (replace(own, use=own.use or whole.use),)
        name = normal(row.name)
        return known.get((name, normal(row.unit))) or known.get((name, "")) or (whole,)

    def _whole(self, row: Published) -> Target:
        """What holds for a whole table or sheet: its use, or that nobody needs it."""
        known = _names(self.reader.names)
        for length in range(len(row.words), 0, -1):
            found = known.get((normal(" / ".join((*row.words[:length], "*"))), ""))
            if found is not None:
                return found[0]
        return Target("", "")

    def unit(self, written: str) -> str:
        """Key of a unit; empty when unknown."""
        known = self._units.get(normal(written))
        unit = self.library.units.find(known or written)
        return unit.key if unit is not None else ""

    def suggestion(self, row: Published) -> str:
        """The item that the narrowest words are a name of."""
        for word in reversed(row.words):
            item = self.library.recognise(word)
            if item is not None:
                return item.key
        return ""


@cache
def _names(key: str) -> Mapping[tuple[str, str], tuple[Target, ...]]:
    """Publisher's words, and its word for the unit or nothing, to what they mean; one name may mean several items.

    A name that ends in ``*`` holds for everything below it.
    """
    found: dict[tuple[str, str], tuple[Target, ...]] = {}
    for row in _table(key) if key else ():
        name = normal(row["name"]), normal(row["written"])
        found[name] = (*found.get(name, ()), Target(row["item"], row["use"], row["region"], row["unit"]))
    return found


@cache
def _unit_words(key: str) -> Mapping[str, str]:
    """Units as one publisher writes them, where that differs from what everybody understands."""
    return {normal(row["written"]): row["unit"] for row in _table("units") if row["names"] in ("", key)}


def _table(key: str) -> Iterator[dict[str, str]]:
    text = (files("resources") / "publishers" / f"{key}.csv").read_text("utf-8")
    return csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
