"""Factor sets of a plant: taken up with one change, kept as blobs, and read into the library.

Where a set comes from does not matter here: from a publisher's workbook or signed by head office.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from core.errors import UserError
from core.i18n import T, verbatim
from core.ledger import Change, FactorFile, Ledger, Step
from core.library import Factor, Library, own_rows
from core.library.load import read_factors

PUBLISHER, SIGNED = "publisher", "signed"
"""Where a factor set comes from."""
LARGEST_SET = 5_000_000
"""Of the text of a factor set; the largest publication has a tenth of it. [bytes]"""
MOST_DIGITS = 30
_KEY = re.compile(r"[a-z][a-z0-9_]{1,79}")


@dataclass(frozen=True, slots=True)
class FactorImport:
    """One change and what is kept with it."""

    change: Change
    file: FactorFile
    data: tuple[bytes, ...] = field(repr=False)
    """Blobs, to be appended with the change."""


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
        raise UserError(
            T("The plant holds no factor set “{key}”.", key=key), T("List the factor sets, and take a key from there.")
        )
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
        raise UserError(
            T("“{key}” cannot be the key of a factor set.", key=key[:80]),
            T("Use small letters, digits, points, hyphens and underscores."),
        )
    if len(data) > LARGEST_SET:
        raise UserError(
            T("The factor set is larger than {most} MB.", most=LARGEST_SET // 1_000_000),
            T("Split it into several factor sets."),
        )
    try:
        rows = read_factors(f"{key}.csv", data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, KeyError, csv.Error) as error:
        raise UserError(
            T("“{name}” is no factor set of this program.", name=verbatim(key)),
            T("Save it as “CSV UTF-8” in the form of a factor set."),
        ) from error
    if not rows:
        raise UserError(T("The factor set “{key}” holds no rows.", key=key), T("Add at least one row, then repeat."))
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
            raise UserError(
                T("The factor {factor} has a number with too many digits.", factor=row.key),
                T("Correct this place in the file, then repeat."),
            )
        if row.item not in library.items:
            raise UserError(
                T("The factor {factor} is for the item “{item}”, which is not known.", factor=row.key, item=row.item),
                T("Use a newer version of this program, or leave the row out."),
            )
        units = (row.of, row.per) if row.amounts else [part for part in (row.of, row.per) if part not in ("", "1")]
        unknown = [unit for unit in units if library.units.find(unit) is None]
        if unknown:
            raise UserError(
                T("The factor {factor} has the unknown unit “{unit}”.", factor=row.key, unit=row.unit),
                T("Correct this place in the file, then repeat."),
            )


def _must_be_new(key: str, ledger: Ledger, library: Library) -> None:
    if ledger.get("factor_file", key) is not None or key in library.sets:
        raise UserError(
            T("The factor set “{key}” is known already.", key=key),
            T("Nothing needs to be done. To take it again, remove the earlier one first."),
        )
