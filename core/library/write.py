"""A factor set as the text of a factor file: what :func:`core.library.load.read_factors` reads, it gives back."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from core.library.factors import Factor, FactorSet
from core.library.load import AMOUNTS

_LAST = ("value", "place", "status", "name_en", "name_zh", "lower", "upper", "note")


def to_csv(publication: FactorSet, rows: Sequence[Factor]) -> str:
    """The text of a factor file.

    Parameters
    ----------
    publication
        the set; its key is the name of the file and not part of the text.
    rows
        the factors, all of this set, in the order in which they shall stand.

    Raises
    ------
    ValueError
        for a row of another set, or with a gas that factor files do not know: a bug of the caller.
    """
    stream = StringIO(newline="")
    for key, value in _meta(publication):
        stream.write(f"# {key}: {_line(value)}\n")
    gases = [gas for gas in AMOUNTS if any(gas in row.amounts for row in rows)]
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("item", "use", "region", "year", "unit", *gases, *_LAST))
    for row in rows:
        writer.writerow(_cells(publication, row, gases))
    return stream.getvalue()


def _meta(publication: FactorSet) -> list[tuple[str, str]]:
    found = [
        ("title_en", publication.title.en),
        ("title_zh", publication.title.zh),
        ("publisher", publication.publisher),
        ("edition", publication.edition),
        ("year", str(publication.year)),
        ("published", publication.published),
        ("licence", publication.licence),
        ("gwp", publication.gwp),
        ("rank", str(publication.rank)),
        ("note", publication.note),
    ]
    return [(key, value) for key, value in found if value]


def _cells(publication: FactorSet, row: Factor, gases: Sequence[str]) -> list[str]:
    if row.set != publication or not set(row.amounts) <= set(gases):
        raise ValueError(f"{row.key} cannot stand in {publication.key}")
    numbers = [f"{row.amounts[gas]:f}" if gas in row.amounts else "" for gas in gases]
    limits = ["" if limit is None else f"{limit:f}" for limit in (row.lower, row.upper)]
    names = (row.name.en, row.name.zh) if row.name is not None else ("", "")
    return [
        *(_line(text) for text in (row.item, row.use, row.region)),
        str(row.data_year) if row.data_year else "",
        _line(row.unit),
        *numbers,
        "" if row.value is None else f"{row.value:f}",
        _line(row.place),
        row.status,
        *map(_line, names),
        *limits,
        _line(row.note),
    ]


def _line(text: str) -> str:
    """On one line, without white space at the ends: a factor file is read line by line."""
    return " ".join(text.split())
