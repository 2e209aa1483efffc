"""Factors from publishers' workbooks into a plant: what would come in, what would not and why, then one change.

:func:`preview_factors` reads a workbook; the person looks at the rows, maps words that are not known (``mapping``) and
takes all rows or some; :func:`importing` makes one undoable change and the blob that goes with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from core.errors import UserError
from core.exchange.factor_sets import (
    PUBLISHER,
    SIGNED,
    FactorImport,
    check_rows,
    dropping,
    library_of,
    read_set,
    taking,
    with_files,
)
from core.exchange.factor_words import NOT_NEEDED, Target, Words
from core.exchange.publishers import Published, open_book, reader_of
from core.exchange.read import load
from core.i18n import Name, T, Text, verbatim
from core.ledger import FactorFile, Ledger
from core.library import Factor, FactorSet, Library
from core.library.write import to_csv

__all__ = [
    "NOT_NEEDED",
    "PUBLISHER",
    "SIGNED",
    "FactorImport",
    "FactorPreview",
    "FactorRow",
    "LeftOut",
    "check_rows",
    "dropping",
    "importing",
    "library_of",
    "preview_factors",
    "read_set",
    "taking",
    "with_files",
]

ROUNDING = Decimal("0.001")
"""Publishers print fewer digits in one place than in another."""


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A row that can be taken."""

    name: str
    """The publisher's words."""
    place: str
    """Sheet and cells."""
    factor: Factor
    known: Factor | None
    """What the library holds for the same item, use, area, year and unit below the line."""
    differs: bool
    """Whether that is another number, by more than rounding."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that cannot be taken as it is, and why."""

    name: str
    place: str
    unit: str
    """In the publisher's words."""
    reason: Text
    remedy: Text | None = None
    suggestion: str = ""
    """Key of the item that the last word is a name of; to be confirmed by a person."""


@dataclass(frozen=True, slots=True)
class FactorPreview:
    """A workbook as the plant would take it up."""

    file: str
    """Its name as received."""
    sha256: str
    reader: str
    """Key of the format."""
    title: Text
    """Of the format."""
    set: FactorSet
    rows: tuple[FactorRow, ...]
    """Can be taken."""
    unmapped: tuple[LeftOut, ...]
    """Printed well, but nobody said what the words mean; ``mapping`` can."""
    refused: tuple[LeftOut, ...]
    """Cannot be believed."""
    skipped: tuple[LeftOut, ...]
    """Not needed."""
    empty: int
    """Rows without numbers."""
    already: FactorFile | None = None
    """The same set in the plant."""

    @property
    def summary(self) -> Text:
        """One sentence for the head of a dialog."""
        return T(
            "“{title}”: {ready} factors can be taken, {unmapped} are not mapped, {refused} are refused.",
            title=self.set.title,
            ready=len(self.rows),
            unmapped=len(self.unmapped),
            refused=len(self.refused),
        )


def preview_factors(
    source: Path | bytes, library: Library, ledger: Ledger, *, name: str = "", mapping: Mapping[str, str] | None = None
) -> FactorPreview:
    """What a publisher's workbook would add to a plant.

    Parameters
    ----------
    source
        the file or its bytes.
    library
        items, units, and the factors known already.
    ledger
        the plant now: a set it holds is not taken twice.
    name
        file name as received; empty: the name of the path.
    mapping
        publisher's words (:attr:`LeftOut.name`) to ``item`` or ``item/use``, on top of what the program knows; the item
        ``-`` leaves the row out.

    Raises
    ------
    UserError
        when the file is damaged, too large or of no known publication, or the mapping names unknown items.
    """
    data = load(source)
    file = name or (source.name if isinstance(source, Path) else "workbook.xlsx")
    book = open_book(data, file)
    reader = reader_of(book)
    found = reader.read(book)
    sorter = _Sorter(found.set, library, Words(reader, library, mapping or {}))
    for row in found.rows:
        sorter.take(row)
    held = ledger.get("factor_file", found.set.key)
    return FactorPreview(
        file,
        hashlib.sha256(data).hexdigest(),
        reader.key,
        reader.title,
        found.set,
        tuple(sorter.rows),
        tuple(sorter.unmapped),
        tuple(sorter.refused),
        tuple(sorter.skipped),
        found.empty,
        held if isinstance(held, FactorFile) else None,
    )


def importing(
    seen: FactorPreview,
    ledger: Ledger,
    library: Library,
    who: str,
    when: datetime,
    chosen: Collection[str] | None = None,
) -> FactorImport:
    """The one change that takes factors up.

    Parameters
    ----------
    seen
        the workbook as it was previewed.
    ledger, library
        what is known now.
    who, when
        author and time of the change.
    chosen
        keys of the factors to take (:attr:`FactorRow.factor`); None: all of :attr:`FactorPreview.rows`.

    Raises
    ------
    UserError
        when the set is known already or no factor is chosen.
    """
    rows = [row.factor for row in seen.rows if chosen is None or row.factor.key in chosen]
    if not rows:
        raise UserError(
            T("“{name}” holds no factor that could be taken.", name=verbatim(seen.file)),
            T("Map the words of its rows, or choose at least one row."),
        )
    text = to_csv(seen.set, rows)
    note = f"sha256 {seen.sha256}"
    return taking(text, seen.set.key, ledger, library, who, when, name=seen.file, origin=PUBLISHER, note=note)


@dataclass(slots=True)
class _Sorter:
    """Puts each row where it belongs."""

    set: FactorSet
    library: Library
    words: Words
    rows: list[FactorRow] = field(default_factory=list)
    unmapped: list[LeftOut] = field(default_factory=list)
    refused: list[LeftOut] = field(default_factory=list)
    skipped: list[LeftOut] = field(default_factory=list)
    _seen: dict[str, str] = field(default_factory=dict)

    def take(self, row: Published) -> None:
        """One row as printed."""
        if row.problem is not None:
            self.refused.append(_left(row, row.problem))
        elif row.skipped is not None:
            self.skipped.append(_left(row, row.skipped))
        else:
            for target in self.words.meaning(row):
                self._mapped(row, target)

    def _mapped(self, row: Published, target: Target) -> None:
        unit = target.unit or self.words.unit(row.unit)
        if target.item == NOT_NEEDED:
            self.skipped.append(_left(row, T("No method of this program uses it.")))
        elif not target.use or target.item not in self.library.items:
            self.unmapped.append(self._unknown(row, target))
        elif not unit:
            self.unmapped.append(_left(row, T("Unknown unit “{unit}”.", unit=row.unit)))
        else:
            self._keep(row, target, unit)

    def _unknown(self, row: Published, target: Target) -> LeftOut:
        reason = T("It is not known which item these words mean.")
        if target.item and not target.use:
            reason = T("It is not known what the factor is used for.")
        remedy = T("Map it to an item, or to item/use.")
        return LeftOut(row.name, row.place, row.unit, reason, remedy, self.words.suggestion(row))

    def _keep(self, row: Published, target: Target, unit: str) -> None:
        region = target.region or row.region
        parts = (self.set.key, target.item, target.use, region, str(row.year or ""), unit)
        factor = Factor(
            key=".".join(part for part in parts if part),
            set=self.set,
            item=target.item,
            use=target.use,
            region=region,
            data_year=row.year,
            unit=f"{row.of}/{unit}",
            amounts=row.amounts,
            place=row.place,
            status="USER",
            name=Name(row.name, row.name),
        )
        other = self._seen.setdefault(factor.key, row.place)
        if other != row.place:
            reason = T("{place} is mapped to the same item, use, area, year and unit.", place=other)
            self.refused.append(_left(row, reason, T("Map one of the two to another item.")))
        else:
            known = _known(factor, self.library)
            differs = known is not None and _differ(factor, known, self.library)
            self.rows.append(FactorRow(row.name, row.place, factor, known, differs))


def _left(row: Published, reason: Text, remedy: Text | None = None) -> LeftOut:
    return LeftOut(row.name, row.place, row.unit, reason, remedy)


def _known(factor: Factor, library: Library) -> Factor | None:
    """What the library holds for the same question."""
    asked = (factor.region, factor.data_year, factor.per)
    held = library.about(factor.item, factor.use)
    return next((one for one in held if one.amounts and (one.region, one.data_year, one.per) == asked), None)


def _differ(one: Factor, other: Factor, library: Library) -> bool:
    """Whether the total, or the CO2 where a total is not printed in both, is another one."""
    gas = next((gas for gas in ("CO2e", "CO2") if gas in one.amounts and gas in other.amounts), "")
    if not gas:
        return True
    here, there = library.units.convert(one.amounts[gas], one.of, other.of), other.amounts[gas]
    last_digit = Decimal((0, (1,), int(there.as_tuple().exponent))) / 2
    return abs(here - there) > max(ROUNDING * max(abs(here), abs(there)), last_digit)
