"""Published factors, each row read when somebody asks for its item.

A plant needs a few dozen of the thousands of rows that are shipped: at the start only the heads of the files are read
and the first cell of each row is noted. Reading a row later gives the same value as reading all at once.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import overload

from core.library.factors import Factor, FactorSet


class Sheet:
    """One file of factors: its head, and its rows as text until they are read."""

    def __init__(
        self, publication: FactorSet, items: Sequence[str], read: Callable[[Sequence[int]], Iterable[Factor]]
    ) -> None:
        self.publication = publication
        self.items = items
        """What each row is about."""
        self._read = read
        self._rows: list[Factor | None] = [None] * len(items)
        self._found: dict[str, Factor] = {}

    def rows(self, numbers: Sequence[int]) -> Iterator[Factor]:
        """The rows of these numbers, counted from zero."""
        unread = [number for number in numbers if self._rows[number] is None]
        if unread:
            for number, read in zip(unread, self._read(unread), strict=True):
                # Two threads may read the same row: the first one stays, so that a row is always the same object.
                self._rows[number] = self._rows[number] or read
        return (factor for number in numbers if (factor := self._rows[number]) is not None)

    def of_key(self, key: str) -> Factor | None:
        """The factor of this key."""
        if (known := self._found.get(key)) is not None:
            return known
        rest = key[len(self.publication.key) + 1 :]
        likely = [n for n, item in enumerate(self.items) if rest.startswith(item) and rest[len(item) :][:1] == "."]
        found = next((factor for factor in self.rows(likely) if factor.key == key), None)
        if found is not None:
            self._found[key] = found
        return found


class Shelves(Sequence[Factor]):
    """All factors in the order of their files; looks like a tuple of them."""

    def __init__(self, sheets: tuple[Sheet, ...], more: tuple[Factor, ...] = ()) -> None:
        self._sheets = sheets
        self._more = more
        self._by_set = {sheet.publication.key: sheet for sheet in sheets}
        self._by_key = {factor.key: factor for factor in reversed(more)}
        self._places: dict[str, list[tuple[Sheet, list[int]]]] = {}
        for sheet in sheets:
            here: dict[str, list[int]] = {}
            for number, item in enumerate(sheet.items):
                here.setdefault(item, []).append(number)
            for item, numbers in here.items():
                self._places.setdefault(item, []).append((sheet, numbers))
        self._more_about: dict[str, list[Factor]] = {}
        for factor in more:
            self._more_about.setdefault(factor.item, []).append(factor)
        self._about: dict[str, Mapping[str, tuple[Factor, ...]]] = {}

    @property
    def sets(self) -> dict[str, FactorSet]:
        """Every publication by key; no row is read for it."""
        known = {sheet.publication.key: sheet.publication for sheet in self._sheets if sheet.items}
        return known | {factor.set.key: factor.set for factor in self._more}

    @property
    def items(self) -> frozenset[str]:
        """Keys of everything that some row is about."""
        return frozenset((*self._places, *self._more_about))

    def plus(self, more: tuple[Factor, ...]) -> Shelves:
        """The same with more factors behind, without reading what has not been read."""
        return Shelves(self._sheets, (*self._more, *more))

    def about(self, item: str, use: str) -> tuple[Factor, ...]:
        """All factors of one item for one use."""
        known = self._about.get(item)
        if known is None:
            known = self._about.setdefault(item, self._by_use(item))
        return known.get(use, ())

    def _by_use(self, item: str) -> dict[str, tuple[Factor, ...]]:
        uses: dict[str, list[Factor]] = {}
        for sheet, numbers in self._places.get(item, ()):
            for factor in sheet.rows(numbers):
                uses.setdefault(factor.use, []).append(factor)
        for factor in self._more_about.get(item, ()):
            uses.setdefault(factor.use, []).append(factor)
        return {use: tuple(found) for use, found in uses.items()}

    def of_item(self, item: str) -> Iterator[Factor]:
        """All factors of one item, whatever they are for."""
        self.about(item, "")
        return (factor for found in self._about[item].values() for factor in found)

    def of_key(self, key: str) -> Factor | None:
        """The factor of this key."""
        sheet = self._by_set.get(key.partition(".")[0])
        return (sheet.of_key(key) if sheet else None) or self._by_key.get(key)

    def __iter__(self) -> Iterator[Factor]:
        for sheet in self._sheets:
            yield from sheet.rows(range(len(sheet.items)))
        yield from self._more

    def __len__(self) -> int:
        return sum(len(sheet.items) for sheet in self._sheets) + len(self._more)

    @overload
    def __getitem__(self, index: int) -> Factor: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Factor, ...]: ...
    def __getitem__(self, index: int | slice) -> Factor | tuple[Factor, ...]:
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Sequence) and not isinstance(other, str) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash((len(self), tuple(self.sets)))


def first_cells(lines: Sequence[str]) -> list[str]:
    """What stands in the first column, without reading the others."""
    return [line.partition(",")[0] if line[:1] != '"' else next(csv.reader([line]))[0] for line in lines]
