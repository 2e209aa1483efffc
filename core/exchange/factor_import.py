"""Factors from publishers' workbooks into a plant: what would come in, what would not and why, then one change.

:func:`preview_factors` reads a workbook; the person looks at the rows, maps words that are not known (``mapping``) and
takes all rows or some; :func:`importing` makes one undoable change and the blob that goes with it.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path

from core.errors import UserError
from core.exchange.publishers import Published, Reader, open_book, reader_of
from core.exchange.read import load
from core.i18n import Name, T, Text, verbatim
from core.ledger import Change, FactorFile, Ledger, Step
from core.library import Factor, FactorSet, Library, own_rows
from core.library.load import read_factors
from core.library.units import normal
from core.library.write import to_csv

PUBLISHER, SIGNED = "publisher", "signed"
"""Where a factor set comes from."""
ROUNDING = Decimal("0.001")
"""Publishers print fewer digits in one place than in another."""
LARGEST_SET = 5_000_000
"""Of the text of a factor set; the largest publication has a tenth of it. [bytes]"""
MOST_DIGITS = 30
_KEY = re.compile(r"[a-z][a-z0-9_]{1,79}")
NOT_NEEDED = "-"
"""In place of an item: nobody who uses this program needs the row."""


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


@dataclass(frozen=True, slots=True)
class FactorImport:
    """One change and what is kept with it."""

    change: Change
    file: FactorFile
    data: tuple[bytes, ...] = field(repr=False)
    """Blobs, to be appended with the change."""


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
    sorter = _Sorter(found.set, library, _Words(reader, library, mapping or {}))
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


def taking(
    text: str,
    key: str,
    ledger: Ledger,
    library: Library,
    who: str,
    when: datetime,
    *,
    name: str,
    origin: str,
    signer: str = "",
    note: str = "",
) -> FactorImport:
    """The change that keeps a factor set in a plant, whether it was printed by a publisher or signed by head office.

    Raises
    ------
    UserError
        when the text is no factor file, holds items or units that are not known, or its key is known already.
    """
    _must_be_new(key, ledger, library)
    data = text.encode()
    rows = read_set(key, data)
    check_rows(rows, library)
    publication = rows[0].set
    file = FactorFile(
        id=key,
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        publisher=publication.publisher,
        edition=publication.edition,
        origin=origin,
        signer=signer,
        note=note,
    )
    why = T("Factors taken from “{title}”: {count}", title=publication.title, count=len(rows))
    return FactorImport(Change(who, when, why, (Step("factor_file", key, None, file),)), file, (data,))


def dropping(ledger: Ledger, key: str, who: str, when: datetime) -> Change:
    """The change that takes a factor set out of a plant; its blob stays for undo.

    Raises
    ------
    UserError
        when the plant holds none of this key.
    """
    held = ledger.get("factor_file", key)
    if not isinstance(held, FactorFile):
        raise UserError(T("The plant holds no factor set “{key}”.", key=key))
    return Change(
        who, when, T("Factor set “{name}” removed", name=verbatim(held.name)), (Step("factor_file", key, held, None),)
    )


def library_of(ledger: Ledger, blob: Callable[[str], bytes], library: Library) -> Library:
    """The library with everything a plant adds to it: the factor sets it took up and the factors of its own.

    Parameters
    ----------
    ledger
        the plant.
    blob
        gives the bytes of a blob by its SHA-256, like :meth:`core.store.PlantFile.blob`.
    library
        what the program was shipped with.

    Raises
    ------
    UserError
        when a blob is missing or is no factor set.
    """
    held = with_files(library, ((file, blob(file.sha256)) for file in ledger.factor_files))
    return held.with_own(own_rows(ledger.own_factors))


def with_files(library: Library, held: Iterable[tuple[FactorFile, bytes]]) -> Library:
    """The library with the factor sets of a plant; ``held`` are the records with their blobs.

    Raises
    ------
    UserError
        when a blob is no factor file of this program.
    """
    rows = [factor for file, data in held for factor in read_set(file.id, data)]
    return library.with_sets(rows) if rows else library


def read_set(key: str, data: bytes) -> tuple[Factor, ...]:
    """The factors of a set that came from outside.

    Raises
    ------
    UserError
        when the bytes are no factor file, too many, or the key is not like those of sets.
    """
    if not _KEY.fullmatch(key):
        raise UserError(T("“{key}” cannot be the key of a factor set.", key=key[:80]))
    if len(data) > LARGEST_SET:
        raise UserError(T("The factor set is larger than {most} MB.", most=LARGEST_SET // 1_000_000))
    try:
        rows = read_factors(f"{key}.csv", data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, KeyError, csv.Error) as error:
        raise UserError(T("“{name}” is no factor set of this program.", name=verbatim(key))) from error
    if not rows:
        raise UserError(T("The factor set “{key}” holds no rows.", key=key))
    return rows


def check_rows(rows: Iterable[Factor], library: Library) -> None:
    """Refuse factors that no method could use: unknown item or unit.

    Raises
    ------
    UserError
        naming the first one.
    """
    for row in rows:
        numbers = [*row.amounts.values(), *(one for one in (row.value, row.lower, row.upper) if one is not None)]
        if any(abs(one.adjusted()) > MOST_DIGITS or len(one.as_tuple().digits) > MOST_DIGITS for one in numbers):
            raise UserError(T("The factor {factor} has a number with too many digits.", factor=row.key))
        if row.item not in library.items:
            raise UserError(
                T("The factor {factor} is for the item “{item}”, which is not known.", factor=row.key, item=row.item),
                T("Use a newer version of this program, or leave the row out."),
            )
        units = (row.of, row.per) if row.amounts else [part for part in (row.of, row.per) if part not in ("", "1")]
        unknown = [unit for unit in units if library.units.find(unit) is None]
        if unknown:
            raise UserError(T("The factor {factor} has the unknown unit “{unit}”.", factor=row.key, unit=row.unit))


def _must_be_new(key: str, ledger: Ledger, library: Library) -> None:
    if ledger.get("factor_file", key) is not None or key in library.sets:
        raise UserError(
            T("The factor set “{key}” is known already.", key=key),
            T("Nothing needs to be done. To take it again, remove the earlier one first."),
        )


@dataclass(frozen=True, slots=True)
class _Target:
    """What a publisher's words mean here."""

    item: str
    use: str
    region: str = ""
    """Where it is not the publisher's own."""
    unit: str = ""
    """Where it is not what the words of the unit say."""


@dataclass(slots=True)
class _Words:
    """What a publisher's words mean."""

    reader: Reader
    library: Library
    mapping: Mapping[str, str]
    _own: dict[str, _Target] = field(init=False)
    _units: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._own = {normal(name): self._target(target) for name, target in self.mapping.items()}
        self._units = _unit_words(self.reader.names)

    def _target(self, target: str) -> _Target:
        item, _, use = target.partition("/")
        if item != NOT_NEEDED and item not in self.library.items:
            raise UserError(
                T("Unknown item “{item}”.", item=item), T("Use a key that “factors list” or the library page shows.")
            )
        return _Target(item, use)

    def meaning(self, row: Published) -> tuple[_Target, ...]:
        """The items and uses of a row, one or several; with an empty item or use where that is not known."""
        if row.item and row.use:
            return (_Target(row.item, row.use),)
        known = _names(self.reader.names)
        whole = self._whole(row)
        own = self._own.get(normal(row.name))
        if own is not None:
            return (replace(own, use=own.use or whole.use),)
        name = normal(row.name)
        return known.get((name, normal(row.unit))) or known.get((name, "")) or (whole,)

    def _whole(self, row: Published) -> _Target:
        """What holds for a whole table or sheet: its use, or that nobody needs it."""
        known = _names(self.reader.names)
        for length in range(len(row.words), 0, -1):
            found = known.get((normal(" / ".join((*row.words[:length], "*"))), ""))
            if found is not None:
                return found[0]
        return _Target("", "")

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


@dataclass(slots=True)
class _Sorter:
    """Puts each row where it belongs."""

    set: FactorSet
    library: Library
    words: _Words
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

    def _mapped(self, row: Published, target: _Target) -> None:
        unit = target.unit or self.words.unit(row.unit)
        if target.item == NOT_NEEDED:
            self.skipped.append(_left(row, T("No method of this program uses it.")))
        elif not target.use or target.item not in self.library.items:
            self.unmapped.append(self._unknown(row, target))
        elif not unit:
            self.unmapped.append(_left(row, T("Unknown unit “{unit}”.", unit=row.unit)))
        else:
            self._keep(row, target, unit)

    def _unknown(self, row: Published, target: _Target) -> LeftOut:
        reason = T("It is not known which item these words mean.")
        if target.item and not target.use:
            reason = T("It is not known what the factor is used for.")
        remedy = T("Map it to an item, or to item/use.")
        return LeftOut(row.name, row.place, row.unit, reason, remedy, self.words.suggestion(row))

    def _keep(self, row: Published, target: _Target, unit: str) -> None:
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


@cache
def _names(key: str) -> Mapping[tuple[str, str], tuple[_Target, ...]]:
    """Publisher's words, and its word for the unit or nothing, to what they mean; one name may mean several items.

    A name that ends in ``*`` holds for everything below it.
    """
    found: dict[tuple[str, str], tuple[_Target, ...]] = {}
    for row in _table(key) if key else ():
        name = normal(row["name"]), normal(row["written"])
        found[name] = (*found.get(name, ()), _Target(row["item"], row["use"], row["region"], row["unit"]))
    return found


@cache
def _unit_words(key: str) -> Mapping[str, str]:
    """Units as one publisher writes them, where that differs from what everybody understands."""
    return {normal(row["written"]): row["unit"] for row in _table("units") if row["names"] in ("", key)}


def _table(key: str) -> Iterator[dict[str, str]]:
    text = (files("resources") / "publishers" / f"{key}.csv").read_text("utf-8")
    return csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
