"""A disclosure map from a csv file, written by this program or a spreadsheet, and the change that keeps it."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path

from core.disclosures.maps import read_map, write_map
from core.disclosures.question import DisclosureMap
from core.disclosures.tables import LARGEST
from core.errors import UserError
from core.exchange.read import decode, load, most_frequent_separator
from core.i18n import T
from core.ledger import Change, MapFile, Step
from core.ledger.filing import Records


@dataclass(frozen=True, slots=True)
class Brought:
    """A map that comes into a file: one undoable change, and what is kept of it."""

    map: DisclosureMap
    change: Change
    data: bytes


def read_map_file(source: Path | bytes, name: str) -> DisclosureMap:
    """The map of a csv file, whatever separates its columns.

    Raises
    ------
    UserError
        naming row and column of what is wrong; for a workbook, in which numbers of questions such as 7.30 become 7.3.
    """
    data = load(source)
    if len(data) > 4 * LARGEST:
        raise UserError(
            T("{file} is larger than {most} characters.", file=name, most=LARGEST), T("Choose the right file.")
        )
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise UserError(
            T("{file} is a workbook: in it a question 7.30 can become 7.3.", file=name),
            T("Save it as csv, and look whether the numbers of the questions are still right."),
        )
    return read_map(_with_commas(decode(data)), name)


def bring_map(records: Records, data: bytes, name: str, who: str, when: datetime) -> Brought:
    """What keeps a map in the file of a plant or of head office, in the place of one of the same key.

    Parameters
    ----------
    records
        the file now.
    data, name
        a csv and its name.
    who, when
        author and time of the change.

    Raises
    ------
    UserError
        for a csv that is no map, and for a map that is there already.
    """
    found = read_map_file(data, name)
    kept = write_map(found).encode()
    digest = hashlib.sha256(kept).hexdigest()
    before = records.get("map_file", found.key)
    if isinstance(before, MapFile) and before.sha256 == digest:
        raise UserError(
            T("The file has this map already: “{title}”.", title=found.title),
            T("Nothing needs to be done; choose another file."),
        )
    made = MapFile(found.key, name[-255:], digest, len(kept), found.framework, found.edition)
    why = T("Disclosure map “{title}”: {count} questions", title=found.title, count=len(found.questions))
    return Brought(found, Change(who, when, why, (Step("map_file", found.key, before, made),)), kept)


def _with_commas(text: str) -> str:
    """The same table with commas between its columns; spreadsheet programs write others, and fill up the head."""
    lines = text.splitlines()
    table = next((line for line in lines if not line.lstrip('"').startswith("#")), "")
    separator = most_frequent_separator(table)
    made = StringIO(newline="")
    for line, cells in zip(lines, _split(lines, separator), strict=True):
        if line.startswith("#") and not line.endswith(separator):
            made.write(f"{line}\n")
        elif line.lstrip('"').startswith("#"):
            made.write(separator.join(cells).rstrip(separator) + "\n")
        elif separator == ",":
            made.write(f"{line}\n")
        else:
            csv.writer(made, lineterminator="\n").writerow(cells)
    return made.getvalue()


def _split(lines: Sequence[str], separator: str) -> Iterator[list[str]]:
    """Each line by itself: no text of a map has more than one."""
    for line in lines:
        try:
            yield next(csv.reader([line], delimiter=separator), [])
        except csv.Error:  # said with the number of its row by whoever reads the table
            yield [line]
